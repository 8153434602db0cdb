import HooklineCore
import JSON

/// The texts that a source reads as NULL, besides the empty text.
struct NullValues {
    private let texts: [[UInt8]]
    /// The texts that are numbers, for sources that store numbers.
    private let numbers: [Double]
    /// Bit n is set if a text has n bytes; the last bit covers all longer texts.
    private let lengths: UInt64

    init(_ texts: [String]) {
        self.texts = texts.map { Array($0.utf8) }
        numbers = self.texts.compactMap { text in text.withUnsafeBufferPointer(PlainNumber.number) }
        lengths = self.texts.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    }

    /// Whether the text is in the list.
    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard lengths & 1 << UInt64(min(text.count, 63)) != 0 else { return false }
        return texts.contains { $0.count == text.count && text.elementsEqual($0) }
    }

    /// Whether a JSON string, given without its quotes, is blank or in the list.
    func containsOrIsBlank(_ inside: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) -> Bool {
        if hasEscapes {
            var text: [UInt8] = []
            JSONText.append(inside, to: &text)
            return text.withUnsafeBufferPointer { containsOrIsBlank($0, hasEscapes: false) }
        }
        let trimmed = TextTrim.trimmed(inside)
        return trimmed.isEmpty || contains(trimmed)
    }

    /// Whether the number is in the list.
    func contains(_ number: Double) -> Bool { !numbers.isEmpty && numbers.contains(number) }
}
