import Foundation
import HooklineCore
import HooklineEngine
import Testing

@Suite("A row of a preview, as JSON")
struct PreviewRowTests {
    private func json(_ mapping: String?) throws -> [String: Any] {
        let fate = RowFate(row: 7, key: "a", verdict: .kept, address: "ada@example.com", mapping: mapping, labels: ["x"])
        let data = try JSONEncoder().encode(PreviewRow(fate))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("has the mapping as an object, whose values keep their kinds")
    func mapping() throws {
        let row = try json(#"{"tier":"gold","n":9007199254740993,"x":0.5,"on":true,"none":null,"tags":["a",{"b":1}]}"#)
        let mapping = try #require(row["mapping"] as? [String: Any])
        #expect(mapping["tier"] as? String == "gold" && mapping["n"] as? Int64 == 9_007_199_254_740_993 && mapping["x"] as? Double == 0.5)
        #expect(mapping["none"] is NSNull && (mapping["tags"] as? [Any])?.count == 2)
        #expect(row["row"] as? Int == 7 && row["verdict"] as? String == "kept" && row["labels"] as? [String] == ["x"])
    }

    @Test("has no mapping where map set none")
    func none() throws {
        #expect(try json(nil)["mapping"] == nil)
    }

    @Test("has every key of the row's fate")
    func keys() throws {
        var fate = RowFate(
            row: 7, key: "a", verdict: .dropped, reason: "r", address: "ada@example.com", original: "ada@example.com", mapping: "{}",
            labels: ["x"])
        (fate.cleaned, fate.log) = (true, ["l"])
        func keys(_ value: some Encodable) throws -> Set<String> {
            let object = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(value)) as? [String: Any]
            return Set(try #require(object).keys)
        }
        #expect(try keys(PreviewRow(fate)) == keys(fate))
        #expect(try keys(fate).contains("cleaned"))
    }
}
