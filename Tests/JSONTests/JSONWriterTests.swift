import Foundation
import JSON
import Support
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    private func text(_ layout: JSONWriter.Layout = .compact, _ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(layout)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func nested(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", "VIP")
            writer.field("none", [])
            writer.field("two", ["a", "b"])
            writer.key("inner")
            writer.object { writer in
                writer.key("limit")
                writer.value(500)
                writer.key("on")
                writer.value(true)
                writer.key("empty")
                writer.object { _ in }
            }
        }
    }

    @Test("compact text has no white space")
    func compact() {
        #expect(text { nested(&$0) } == #"{"name":"VIP","none":[],"two":["a","b"],"inner":{"limit":500,"on":true,"empty":{}}}"#)
    }

    @Test("indented text has a line for each member and element")
    func indented() {
        let expected = """
            {
              "name": "VIP",
              "none": [],
              "two": [
                "a",
                "b"
              ],
              "inner": {
                "limit": 500,
                "on": true,
                "empty": {}
              }
            }
            """
        #expect(text(.indented) { nested(&$0) } == expected)
    }

    @Test("quotes, backslashes and control characters are escaped; everything else stands as it is")
    func escapes() {
        let written = text { $0.value("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}é🙂\u{2028}") }
        #expect(written == #""\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7F}é🙂\u{2028}\"")
    }

    @Test("any string survives being written and read, by another decoder and by ours")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let text = String(String.UnicodeScalarView((0..<Int.random(in: 0...40, using: &generator)).map { _ in scalar(&generator) }))
            var writer = JSONWriter()
            writer.object { $0.field("values", [text, ""]) }
            let decoded = try JSONDecoder().decode([String: [String]].self, from: Data(writer.bytes))
            #expect(decoded == ["values": [text, ""]])
            let read = try JSONScanner.scan(writer.bytes) { scanner throws(JSONFault) in try JSONTree(&scanner) }
            #expect(read == .object(["values": .array([.text(text), .text("")])]))
        }
    }

    private func scalar(_ generator: inout SeededGenerator) -> Unicode.Scalar {
        let interesting: [Unicode.Scalar] = ["\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{2028}", "😀"]
        if Bool.random(using: &generator), let scalar = interesting.randomElement(using: &generator) { return scalar }
        return Unicode.Scalar(UInt32.random(in: 1..<0xD800, using: &generator)) ?? "x"
    }
}
