import Foundation
import JSON
import Support
import Testing

@Suite("JSON, whatever stands in it")
struct JSONPropertyTests {
    private static let lenient = JSONScanner.Policy(depthLimit: 64, checksText: false)

    @Test("what another encoder wrote is read as the same value", arguments: 0..<8 as Range<UInt64>)
    func read(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let tree = JSONTree.random(depth: 4, &generator)
            let bytes = try Self.encoded(tree, &generator)
            let read = try JSONScanner.scan(bytes) { scanner throws(JSONFault) in try JSONTree(&scanner) }
            #expect(read == tree, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("what the writer writes is read by another parser as the same value", arguments: 10..<18 as Range<UInt64>)
    func written(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let tree = Self.writable(.random(depth: 4, &generator))
            for layout in [JSONWriter.Layout.compact, .indented] {
                var writer = JSONWriter(layout)
                Self.write(tree, to: &writer)
                let read = try JSONDecoder().decode(JSONTree.self, from: Data(writer.bytes))
                #expect(read == tree, "\(String(decoding: writer.bytes, as: UTF8.self))")
            }
        }
    }

    @Test("a document that was cut off anywhere is no document")
    func truncated() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<60 {
            let bytes = try Self.encoded(.object(["whole": .random(depth: 3, &generator)]), &generator)
            for length in 0..<bytes.count {
                #expect(!Self.accepts(Array(bytes[..<length]), .strict))
                #expect(!Self.accepts(Array(bytes[..<length]), Self.lenient))
            }
        }
    }

    @Test("it accepts and refuses what another parser does, whatever byte is changed", arguments: 20..<28 as Range<UInt64>)
    func mutated(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array(#"{}[]:,"\0123456789eE+-. truefalsn/"#.utf8)
        for _ in 0..<1_000 {
            var bytes = try Self.encoded(.random(depth: 2, &generator), &generator)
            for _ in 0..<Int.random(in: 1...2, using: &generator) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] = alphabet.randomElement(using: &generator) ?? 0
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let ours = Self.accepts(bytes, .strict)
            let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            if ours == theirs { continue }
            // They accept a comma with nothing after it, and refuse numbers that no Double holds.
            if theirs { #expect(text.firstMatch(of: /,\s*[}\]]/) != nil, "\(text)") }
            if ours { #expect(text.firstMatch(of: /[0-9][eE]\+?[0-9]{3,}/) != nil, "\(text)") }
        }
    }

    @Test("damage of any kind is a fault inside the text, never a crash", arguments: 30..<38 as Range<UInt64>)
    func damaged(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = try Self.encoded(.random(depth: 3, &generator), &generator)
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let position = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
                case 1: bytes.removeSubrange(position..<min(bytes.count, position + 3))
                default: if position < bytes.count { bytes[position] = UInt8.random(in: 0...255, using: &generator) }
                }
            }
            for policy in [JSONScanner.Policy.strict, Self.lenient] {
                do throws(JSONFault) {
                    try JSONScanner.scan(bytes, policy: policy) { scanner throws(JSONFault) in _ = try JSONTree(&scanner) }
                } catch {
                    #expect((0...bytes.count).contains(error.offset))
                }
            }
        }
    }

    @Test("what checked text accepts, unchecked text accepts too")
    func policies() throws {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<1_000 {
            var bytes = try Self.encoded(.random(depth: 2, &generator), &generator)
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            if Self.accepts(bytes, .strict) { #expect(Self.accepts(bytes, Self.lenient)) }
        }
    }

    private static func accepts(_ bytes: [UInt8], _ policy: JSONScanner.Policy) -> Bool {
        bytes.withUnsafeBufferPointer { JSONScanner.isValid($0, policy: policy) }
    }

    private static func encoded(_ tree: JSONTree, _ generator: inout SeededGenerator) throws -> [UInt8] {
        let encoder = JSONEncoder()
        if Bool.random(using: &generator) { encoder.outputFormatting = .prettyPrinted }
        return Array(try encoder.encode(tree))
    }

    private static func write(_ tree: JSONTree, to writer: inout JSONWriter) {
        switch tree {
        case .text(let text): writer.value(text)
        case .boolean(let flag): writer.value(flag)
        case .number(let number): writer.value(Int(number))
        case .null: break
        case .array(let array):
            writer.array { writer in
                for element in array { write(element, to: &writer) }
            }
        case .object(let object):
            writer.object { writer in
                for (key, element) in object {
                    writer.key(key)
                    write(element, to: &writer)
                }
            }
        }
    }

    /// The tree with what the writer has no word for as something else: it writes whole numbers and no null.
    private static func writable(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .number(let number): .number(number.rounded())
        case .null: .text("null")
        case .array(let array): .array(array.map(writable))
        case .object(let object): .object(object.mapValues(writable))
        case .text, .boolean: tree
        }
    }
}
