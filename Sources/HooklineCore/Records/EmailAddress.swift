import CText
import Text

/// Recognizes email addresses, and normalizes them to one spelling.
package enum EmailAddress {
    /// What the text of a field is.
    package enum Reading: Sendable {
        /// Nothing but white space and invisible characters.
        case missing
        /// Text that is not exactly one address, or an address that Mailchimp cannot have.
        case malformed
        /// An address; its normalized bytes are in the buffer passed to `read`.
        case address
    }

    /// Reads the address in UTF-8 text into `buffer`, as `hookline.email.normalise` does, and says what the text is.
    ///
    /// It removes white space around the address and invisible characters anywhere, `mailto:`, a name before `<…>`, and quotes, commas,
    /// and semicolons around it. Malformed is what Mailchimp certainly does not have: text that is not one address, characters beyond
    /// ASCII before the `@`, empty or oversized parts, or a domain without a dot. It lowercases A to Z, and in the domain also letters
    /// beyond ASCII.
    ///
    /// - Parameters:
    ///   - bytes: the text of a field.
    ///   - buffer: receives the normalized address; emptied for anything else.
    ///   - isCleaned: set to whether more than white space was removed from an address; `false` for anything else.
    /// - Returns: what the text is.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8], isCleaned: inout Bool) -> Reading {
        buffer.removeAll(keepingCapacity: true)
        isCleaned = false
        return withUnsafeTemporaryAllocation(of: hl_address.self, capacity: 1) { room in
            guard let address = room.baseAddress else { return .malformed }
            let kind = bytes.withMemoryRebound(to: CChar.self) { hl_read_address($0.baseAddress, $0.count, address) }
            switch kind {
            case HL_ADDRESS_MISSING: return .missing
            case HL_ADDRESS_FOUND:
                buffer.append(contentsOf: UnsafeRawBufferPointer(start: address, count: address.pointee.length))
                isCleaned = address.pointee.is_cleaned
                return .address
            default: return .malformed
            }
        }
    }

    /// Whether two texts are the same address, and both or neither had to be cleaned: whoever reads them cannot tell which it was.
    package static func areSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        var (one, other, isOneCleaned, isOtherCleaned) = ([UInt8](), [UInt8](), false, false)
        guard left.withUnsafeBufferPointer({ read($0, into: &one, isCleaned: &isOneCleaned) }) == .address,
            right.withUnsafeBufferPointer({ read($0, into: &other, isCleaned: &isOtherCleaned) }) == .address
        else { return false }
        return one == other && isOneCleaned == isOtherCleaned
    }

    /// Reads an address, without saying whether it was cleaned.
    package static func read(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: inout [UInt8]) -> Reading {
        var isCleaned = false
        return read(bytes, into: &buffer, isCleaned: &isCleaned)
    }

    /// Whether a text is an address from which more than white space has to be removed.
    package static func needsCleaning(_ text: String) -> Bool {
        var (text, buffer, isCleaned) = (text, [UInt8](), false)
        _ = text.withUTF8 { read($0, into: &buffer, isCleaned: &isCleaned) }
        return isCleaned
    }

    /// The normalized address in a text; a text that is not an address is only trimmed and lowercased.
    package static func normalized(_ text: String) -> String {
        var (text, buffer) = (text, [UInt8]())
        guard text.withUTF8({ read($0, into: &buffer) }) == .address else { return lowercased(text) }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The spelling in which an address is compared with others: normalized, with an international domain in letters.
    package static func compared(_ text: String) -> String { InternationalDomain.inLetters(normalized(text)) }

    /// A contact's address as Mailchimp spells it, trimmed and lowercased. Anything else may be part of the address.
    package static func lowercased(_ address: String) -> String {
        var scalars = Substring(address).unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        var lowercased = String.UnicodeScalarView()
        for scalar in scalars {
            let mapping = scalar.properties.lowercaseMapping.unicodeScalars
            // A letter beyond ASCII must not become one of a to z: that would be another person's address.
            let isSafe = scalar.isASCII || mapping.allSatisfy { !$0.isASCII }
            if isSafe { lowercased.append(contentsOf: mapping) } else { lowercased.append(scalar) }
        }
        return String(lowercased)
    }
}
