import Foundation
import HooklineCore
import Support
import Testing

@Suite("Lists")
struct ListReaderTests {
    private func read(_ text: String, separator: String? = nil, trims: Bool = true, isJSON: Bool = false) -> String? {
        var format = ColumnFormat()
        format.separator = separator
        let reader = ListReader(format, trims: trims)
        var list: [UInt8] = []
        let fits = text.lend { isJSON ? reader.read(json: $0, into: &list) : reader.read($0, into: &list) }
        return fits ? String(decoding: list, as: UTF8.self) : nil
    }

    @Test(
        "in JSON are read into one spelling",
        arguments: [
            (#"["a","b"]"#, #"["a","b"]"#), (#" [ "a" , "b" ] "#, #"["a","b"]"#), ("[]", "[]"), ("[ ]", "[]"),
            (#"[" a ",""," "]"#, #"["a"]"#),
            (#"["a\u0062\/\t\"\\"]"#, #"["ab/\u0009\"\\"]"#), (#"["\ud83d\ude00é"]"#, #"["😀é"]"#),
            ("[1, -2.5e3, true, false, null]", #"["1","-2.5e3","true","false"]"#),
            ("[1,]", nil), ("[,1]", nil), ("[1 2]", nil), ("[1", nil), ("1", nil), ("", nil), (#"["a"] x"#, nil), (#"[["a"]]"#, nil),
            (#"[{"a":1}]"#, nil),
            (#"["a]"#, nil), (#"["\ud83d"]"#, nil), (#"["\x"]"#, nil), ("[01]", nil), ("[+1]", nil), ("[nul]", nil), ("[\"a\nb\"]", nil),
        ] as [(String, String?)])
    func json(_ text: String, _ list: String?) {
        #expect(read(text) == list)
        #expect(read(text, separator: ";", isJSON: true) == list)
    }

    @Test(
        "in text are split at the separator",
        arguments: [
            ("a;b", ";", #"["a","b"]"#), (" a ; b;;c ", ";", #"["a","b","c"]"#), ("a", ";", #"["a"]"#), (";", ";", "[]"), ("", ";", "[]"),
            ("a, b", ", ", #"["a","b"]"#),
            ("a||b|c", "||", #"["a","b|c"]"#), (#"say "x""#, ";", #"["say \"x\""]"#), ("[1]", ";", #"["[1]"]"#),
        ])
    func separated(_ text: String, _ separator: String, _ list: String) {
        #expect(read(text, separator: separator) == list)
    }

    @Test("keep the spaces around items without trimming, and read back unchanged")
    func untrimmed() {
        #expect(read(" a ;b", separator: ";", trims: false) == #"[" a ","b"]"#)
        #expect(read(#"[" a ","b"]"#, trims: false) == #"[" a ","b"]"#)
    }

    @Test("contain exactly the items that were added", arguments: 1...60)
    func membership(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pool = ["a", "ab", "b", ",", "\"", "\\", "a\",\"b", "x,", "[", "]", "é", "\u{1}", "\n", "\\\"", "\",\"", "\\u0001"]
        let items = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            (0..<Int.random(in: 1...3, using: &random)).map { _ in pool.randomElement(using: &random)! }.joined()
        }
        let list = ListText.text(items)
        #expect(try JSONDecoder().decode([String].self, from: Data(list.utf8)) == items)
        for wanted in items + pool {
            #expect(list.lend { ListText.contains($0, ListText.escaped(wanted.utf8)) } == items.contains(wanted), "seed \(seed), \(wanted)")
        }
    }
}
