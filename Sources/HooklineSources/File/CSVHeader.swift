import HooklineCore
import Text

/// The column names in the first line of a CSV file.
struct CSVHeader {
    /// One for each field of a record, trimmed; empty where the line has none.
    let names: [String]

    private let location: SourceError.Location
    private let isReadable: Bool

    /// Reads the header.
    ///
    /// - Throws: `sources.empty_file`; `sources.bad_header` if the line is empty or contains an email address. No message shows a name:
    ///   without a header, the first line holds personal data.
    init(from scanner: CSVScanner) throws {
        guard try scanner.nextHeader() else {
            throw SourceError(.emptyFile, at: .init(scanner.path), "the file is empty; its first line must name the columns")
        }
        location = SourceError.Location(scanner.path, line: scanner.line)
        guard scanner.fields.count > 1 || !scanner.fields[0].isNothing else {
            throw SourceError(.badHeader, at: location, "the first line is empty; it must name the columns")
        }
        let record = scanner.record
        names = scanner.fields.map { String(decoding: TextTrim.trimmed($0.bytes(in: record)), as: UTF8.self) }
        isReadable = scanner.fields.allSatisfy { !$0.hasHighBytes || UTF8Check.isValid($0.bytes(in: record)) }
        guard !names.contains(where: ColumnNames.isAddress) else {
            throw SourceError(
                .badHeader, at: location,
                "the first line contains an email address, so it is a row; add a line above it that names the columns")
        }
    }

    /// The columns of the file, of unknown type. Missing and repeated names are errors only if they affect a column that is used.
    ///
    /// - Throws: `sources.bad_header`, `sources.bad_encoding`, `sources.bad_delimiter`.
    func columns(for model: Model, of source: SourceConfiguration, scanner: CSVScanner) throws -> [Column] {
        let needed = Self.needed(by: model)
        let missing = needed.map { $0.subtracting(names).sorted() } ?? []
        if needed == nil || !missing.isEmpty, !isReadable { for place in scanner.fields.indices { try scanner.check(field: place) } }
        // A model that takes every column may still name some.
        let wanted = needed ?? Self.named(by: model)
        if !wanted.isSubset(of: names) || names.count == 1,
            let delimiter = DelimiterGuess.other(than: source.delimiter, names: names, needed: wanted)
        {
            throw SourceError(
                .badDelimiter, at: location,
                "its names are separated by \(delimiter.plural), but the source has another delimiter; set `delimiter: \(delimiter.spelling)`"
            )
        }
        if let needed, !missing.isEmpty {
            if missing.count == needed.count, names.contains(where: ColumnNames.looksLikeValue) {
                throw SourceError(
                    .badHeader, at: location,
                    "the first line names none of the columns \(ColumnNames.listed(missing)), and looks like a row; if it is, add a line above it that names the columns"
                )
            }
        }
        try check(needed)
        return names.map { Column($0, .text, origin: .unknown) }
    }

    /// The columns that the model needs; nil if it takes every column.
    private static func needed(by model: Model) -> Set<String>? {
        let calculated = Set(model.calculated.map(\.name))
        if let fields = model.fields { return Set(fields.filter { !$0.isOptional || $0.isBound }.map(\.column)) }
        guard let used = model.used else { return nil }
        return used.union(model.columns.map(\.name)).union(model.primaryKey.map { [$0] } ?? []).subtracting(calculated)
    }

    /// The columns that the model names, as its key or with a type.
    private static func named(by model: Model) -> Set<String> {
        Set(model.columns.map(\.name) + (model.primaryKey.map { [$0] } ?? [])).subtracting(model.calculated.map(\.name))
    }

    private func check(_ needed: Set<String>?) throws {
        var positions: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if name.isEmpty, needed == nil {
                throw SourceError(
                    .badHeader, at: location, "column \(index + 1) of \(names.count) has no name; the first line must name every column")
            }
            if let earlier = positions.updateValue(index, forKey: name), needed?.contains(name) ?? true {
                throw SourceError(
                    .badHeader, at: location,
                    "columns \(earlier + 1) and \(index + 1) have the same name; every column needs its own")
            }
        }
    }
}
