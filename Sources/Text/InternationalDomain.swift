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
        let bytes = UnsafeRawBufferPointer(address)
        var at = 0
        // 8 at a time: nearly no address has a byte beyond ASCII, and few have a dash.
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { return true }
            // A byte is 0 here where the word has a dash; the subtraction borrows from it.
            let dashes = word ^ 0x2D2D_2D2D_2D2D_2D2D
            if (dashes &- 0x0101_0101_0101_0101) & ~dashes & 0x8080_8080_8080_8080 != 0, hasPrefix(ofASCII: address, endingIn: at..<at + 8)
            {
                return true
            }
            at += 8
        }
        return address[at...].contains { $0 >= 0x80 } || hasPrefix(ofASCII: address, endingIn: at..<address.count)
    }

    /// Whether an `xn--` ends at one of the indexes.
    private static func hasPrefix(ofASCII address: UnsafeBufferPointer<UInt8>, endingIn range: Range<Int>) -> Bool {
        range.contains { index in
            index >= 3 && address[index] == UInt8(ascii: "-") && address[index - 1] == UInt8(ascii: "-")
                && address[index - 2] | 0x20 == UInt8(ascii: "n") && address[index - 3] | 0x20 == UInt8(ascii: "x")
        }
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
