/// Writes JSON to a byte buffer, in the order of the calls.
///
/// It builds no tree first, because Mailchimp's answers are large: five hundred members take more than a megabyte.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init(reserving capacity: Int = 1024) {
        bytes.reserveCapacity(capacity)
    }

    mutating func object(_ content: (inout JSONWriter) -> Void) {
        open("{")
        content(&self)
        close("}")
    }

    mutating func array(_ content: (inout JSONWriter) -> Void) {
        open("[")
        content(&self)
        close("]")
    }

    mutating func array(_ texts: [String]) {
        array { writer in
            for text in texts { writer.value(text) }
        }
    }

    mutating func key(_ name: String) {
        separate()
        byte("\"")
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: "\":".utf8)
        needsComma = false
    }

    mutating func value(_ text: some StringProtocol) {
        separate()
        byte("\"")
        bytes.append(escaping: text.utf8)
        byte("\"")
        needsComma = true
    }

    mutating func value(utf8 text: some Collection<UInt8>) {
        separate()
        byte("\"")
        bytes.append(escaping: text)
        byte("\"")
        needsComma = true
    }

    mutating func value(_ number: Int) {
        raw(String(number))
    }

    mutating func value(_ flag: Bool) {
        raw(flag ? "true" : "false")
    }

    /// Writes a value that is JSON already.
    mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        byte(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        byte(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { byte(",") }
    }

    private mutating func byte(_ scalar: Unicode.Scalar) {
        bytes.append(UInt8(ascii: scalar))
    }
}

extension JSONWriter {
    /// Writes a key and its value if the selection includes it.
    mutating func field(_ name: String, of selection: FieldSelection, _ content: (inout JSONWriter, FieldSelection) -> Void) {
        guard let inner = selection.inside(name) else { return }
        key(name)
        content(&self, inner)
    }

    mutating func field(_ name: String, _ text: some StringProtocol, of selection: FieldSelection) {
        guard selection.inside(name) != nil else { return }
        key(name)
        value(text)
    }

    mutating func field(_ name: String, _ number: Int, of selection: FieldSelection) {
        guard selection.inside(name) != nil else { return }
        key(name)
        value(number)
    }

    mutating func field(_ name: String, _ flag: Bool, of selection: FieldSelection) {
        guard selection.inside(name) != nil else { return }
        key(name)
        value(flag)
    }

    mutating func field(_ name: String, raw json: String, of selection: FieldSelection) {
        guard selection.inside(name) != nil else { return }
        key(name)
        raw(json)
    }
}

extension [UInt8] {
    fileprivate mutating func append(escaping text: some Collection<UInt8>) {
        let isPlain = text.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain {
            append(contentsOf: text)
            return
        }
        let hexadecimal = Array("0123456789abcdef".utf8)
        for character in text {
            switch character {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(character)
            case 0..<0x20:
                append(contentsOf: "\\u00".utf8)
                append(hexadecimal[Int(character >> 4)])
                append(hexadecimal[Int(character & 15)])
            default:
                append(character)
            }
        }
    }
}
