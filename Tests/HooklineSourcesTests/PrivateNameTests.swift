import CodedErrors
import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Names that may be personal data")
struct PrivateNameTests {
    private func text(of work: () throws -> Void) -> String {
        do {
            try work()
            return ""
        } catch let error as SourceError {
            return error.description
        } catch {
            return ((error as? IssuesFound)?.issues ?? []).map(\.message).joined(separator: "\n")
        }
    }

    private func model(using used: Set<String>?, _ columns: [Model.TypedColumn] = []) -> Model {
        var model = Model(columns: columns)
        model.used = used
        return model
    }

    @Test(
        "no message shows any from a file without a header",
        arguments: [
            "ada@example.com,Ada Example,1 rue X,FR\n", "17,Ada Example,1 rue X,FR\n", "Ada,1990-05-01,FR\n", "Ada;+33 1 23 45;FR\n",
            "Ada Example,ada@example.com,ada@example.com\n",
        ])
    func headless(_ line: String) {
        let models = [
            model(using: ["email", "country"]), model(using: nil, [.init("Adda", .text), .init("email", .text)]),
            model(using: ["Adda"], [.init("Adda", .text)]),
        ]
        for model in models {
            for calculated in [[], [Model.CalculatedField("x", "Adda || email")]] {
                var model = model
                model.calculated = calculated
                let message = text { _ = try RowsRead.csv(line, model) }
                #expect(!message.isEmpty)
                for word in ["Ada", "ada@", "rue", "1990", "+33"] {
                    #expect(!message.replacing("Adda", with: "").contains(word), "\(message)")
                }
            }
        }
    }

    @Test(
        "all names are hidden when one looks like a value",
        arguments: [
            "ada(at)example.com", "<b>Ada</b>", "+49 171 1234567", "Ada 1980-01-01", "12 Main St", "75001 Paris", "17", "",
            "she said that she would come", String(repeating: "a", count: 61), "friends.+49 171 1234567", "ada [AT] example.com",
        ])
    func value(_ name: String) {
        #expect(ColumnNames.listed(["Ada Example", name]) == "2 columns")
        #expect(ColumnNames.hint("Ada Exmple", among: ["Ada Example", name]) == "")
    }

    @Test(
        "but names are not values",
        arguments: [
            "E-Mail", "c9999", "Address 1", "2025 revenue", "30d_spend", "Accepts Email Marketing", "visits.2025-01", "Straße", "氏名",
        ])
    func name(_ name: String) {
        #expect(ColumnNames.listed([name]) == "'\(name)'")
    }

    @Test("lists of names end after 20")
    func long() {
        var model = Model()
        model.fields = [.init("email", .text, column: "mail"), .init("c1", .text)]
        let names = (1...10_000).map { "c\($0)" }.joined(separator: ",")
        let message = text { _ = try RowsRead.csv(names + "\n", model) }
        #expect(message.contains("'c20' and 9,980 more"))
        #expect(!message.contains("'c21'"))
    }

    @Test("keys that are email addresses are never suggested")
    func keys() {
        let message = text { _ = try RowsRead.jsonl("{\"ada@example.com\":1}\n", model(using: ["adda@example.com"])) }
        #expect(message.contains("adda@example.com") && !message.contains("ada@example.com"))
    }

    @Test("a bad value is described by its kind, never by its content", arguments: SourceTable.kinds)
    func values(_ kind: SourceConfiguration.Kind) {
        for type in ColumnType.allCases where type != .text && type != .json {
            let message = text {
                _ = try SourceTable.column([.text("Ada Example 17")]).read(from: kind, Model(columns: [.init("v", type)]))
            }
            #expect(message.contains("type \(type.rawValue)") && !message.contains("Ada"), "\(message)")
        }
    }
}
