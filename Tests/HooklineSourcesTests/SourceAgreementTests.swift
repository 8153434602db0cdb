import HooklineCore
import Testing

@testable import HooklineSources

@Suite("Manifest and source")
struct SourceAgreementTests {
    private func position(_ line: Int) -> SourcePosition { SourcePosition(file: "activation.yaml", line: line, column: 5) }

    @Test("all missing columns are reported at once, with positions")
    func allAtOnce() {
        let model = Model(
            primaryKey: "idd", primaryKeyPosition: position(1),
            columns: [.init("emial", .text, position: position(2)), .init("id", .integer), .init("x", .integer)],
            calculated: [.init("x", "nme || 1", position: position(3)), .init("email", "1", position: position(4))])
        let found = issues { _ = try RowsRead.csv("id,email,name\n1,a,b\n", model) }
        #expect(Set(found.compactMap { $0.position?.line }) == [1, 2, 3, 4])
        #expect(found.count == 4)
        #expect(found.filter { $0.code == "sources.unknown_column" }.count == 3)
        #expect(found.contains { $0.message.contains("'emial'") && $0.message.hasSuffix("did you mean 'email'?") })
        #expect(found.contains { $0.message.contains("'idd'") && $0.message.hasSuffix("did you mean 'id'?") })
    }

    @Test("a mistake without a position is reported at the model's")
    func fallback() {
        let model = Model(primaryKey: "uid", position: position(8))
        #expect(issues { _ = try RowsRead.csv("id\n1\n", model) }.map(\.position) == [position(8)])
    }

    @Test("a calculated field may be the primary key and have a type")
    func calculatedKey() throws {
        let model = Model(
            primaryKey: "key", columns: [.init("id", .integer), .init("key", .integer)], calculated: [.init("key", "id + 1")])
        #expect(try RowsRead.csv("id\n1\n", model).rows == [["1", "2"]])
    }

    @Test("a declared column of a JSONL file must be in some object, but not in the first")
    func jsonl() throws {
        let model = Model(primaryKey: "id", columns: [.init("nickname", .text)])
        #expect(issues { _ = try RowsRead.jsonl("{\"uid\":1}\n", model) }.map(\.code) == ["sources.unknown_column"])
        #expect(try RowsRead.jsonl("{\"id\":1}\n{\"id\":2,\"nickname\":null}", model).rows == [[nil, "1"], [nil, "2"]])
        #expect(
            issues { _ = try RowsRead.jsonl("{\"id\":1,\"nicknme\":2}\n", model) }.first?.message.hasSuffix("did you mean 'nicknme'?")
                == true)
    }

    @Test("a file cannot have SQL", arguments: [SourceConfiguration.Kind.csv, .jsonl])
    func sql(_ kind: SourceConfiguration.Kind) throws {
        let file = try TemporaryFile("{\"id\":1}\n")
        let model = Model(sql: "SELECT 1", position: position(3))
        let found = issues { _ = try SourceFactory.columns(SourceConfiguration(name: "shop", kind: kind, path: file.path), model: model) }
        #expect(found.map(\.code) == ["sources.bad_model"])
    }

    @Test("every code is unique and starts with sources")
    func codes() {
        let codes = SourceError.Code.allCases.map(\.rawValue)
        #expect(codes.allSatisfy { $0.hasPrefix("sources.") })
        #expect(Set(codes).count == codes.count)
    }
}
