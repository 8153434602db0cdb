import HooklineCore
import JSON

/// The texts of a source that stand for NULL, beside the empty one.
struct NullValues {
    private let texts: [[UInt8]]
    /// Those that are numbers, for sources that hand over numbers.
    private let numbers: [Double]
    /// Bit n is set when a text has n bytes; the last one stands for all longer ones.
    private let lengths: UInt64

    init(_ texts: [String]) {
        self.texts = texts.map { Array($0.utf8) }
        numbers = self.texts.compactMap { text in text.withUnsafeBufferPointer(PlainNumber.number) }
        lengths = self.texts.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    }

    /// Whether the text is one of them.
    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard lengths & 1 << UInt64(min(text.count, 63)) != 0 else { return false }
        return texts.contains { $0.count == text.count && text.elementsEqual($0) }
    }

    /// Whether a JSON string, given without its quotes, is nothing but white space, or one of them.
    func containsOrIsBlank(_ inside: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) -> Bool {
        if hasEscapes {
            var text: [UInt8] = []
            JSONText.append(inside, to: &text)
            return text.withUnsafeBufferPointer { containsOrIsBlank($0, hasEscapes: false) }
        }
        let trimmed = TextTrim.trimmed(inside)
        return trimmed.isEmpty || contains(trimmed)
    }

    /// Whether one of them is that number.
    func contains(_ number: Double) -> Bool { !numbers.isEmpty && numbers.contains(number) }
}
