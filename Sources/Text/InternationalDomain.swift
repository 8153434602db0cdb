import Foundation

/// The two spellings of an address with an international domain: in letters, and in ASCII as `xn--…`.
///
/// Mailchimp answers in either, whatever it was sent. All who compare addresses compare the spelling in letters; lookups do by `CText`, which
/// gives the same answers.
package enum InternationalDomain {
    /// A lowercase address with its domain in letters, composed as far as possible (Unicode's NFC).
    ///
    /// Labels that only look like `xn--…` stay as they are.
    package static func inLetters(_ address: String) -> String {
        respelled(address) { label in
            guard label.utf8.allSatisfy({ $0 < 0x80 }) else { return label.precomposedStringWithCanonicalMapping }
            guard label.hasPrefix("xn--"), let decoded = Punycode.decoded(label.dropFirst(4)) else { return String(label) }
            return lowercased(decoded)?.precomposedStringWithCanonicalMapping ?? String(label)
        }
    }

    /// A lowercase address with its domain in ASCII.
    package static func inASCII(_ address: String) -> String {
        respelled(address) { label in
            if label.utf8.allSatisfy({ $0 < 0x80 }) { return String(label) }
            return "xn--" + Punycode.encoded(label.precomposedStringWithCanonicalMapping[...])
        }
    }

    /// Whether an address may have a second spelling: quick, and false for nearly all.
    package static func isPossible(in address: UnsafeBufferPointer<UInt8>) -> Bool {
        var (seen, dashes) = (UInt8(0), 0)
        for index in address.indices {
            let byte = address[index]
            seen |= byte
            dashes = byte == UInt8(ascii: "-") ? dashes + 1 : 0
            guard dashes == 2, index >= 3 else { continue }
            if address[index - 3] | 0x20 == UInt8(ascii: "x"), address[index - 2] | 0x20 == UInt8(ascii: "n") { return true }
        }
        return seen >= 0x80
    }

    private static func respelled(_ address: String, _ change: (Substring) -> String) -> String {
        // By scalars: a character may begin with a dot and go on with a mark.
        let scalars = address.unicodeScalars
        guard let at = scalars.lastIndex(of: "@") else { return address }
        let labels = scalars[scalars.index(after: at)...].split(separator: ".", omittingEmptySubsequences: false)
        return String(scalars[...at]) + labels.map { change(Substring($0)) }.joined(separator: ".")
    }

    /// Letters in lowercase; nil for text that no domain stands for: without a letter beyond ASCII, or with one whose lowercase is ASCII,
    /// which would be another domain.
    private static func lowercased(_ text: String) -> String? {
        var (lowercased, isInternational) = (String.UnicodeScalarView(), false)
        for scalar in text.unicodeScalars {
            let mapping = scalar.properties.lowercaseMapping.unicodeScalars
            guard scalar.isASCII || mapping.allSatisfy({ !$0.isASCII }) else { return nil }
            isInternational = isInternational || !scalar.isASCII
            lowercased.append(contentsOf: mapping)
        }
        return isInternational ? String(lowercased) : nil
    }
}
