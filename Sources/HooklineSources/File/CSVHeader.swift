import HooklineCore

/// The names in the first line of a CSV file.
enum CSVHeader {
    /// Reads the names, without spaces around them.
    ///
    /// - Throws: `sources.empty_file`; `sources.bad_header` for an empty line, and for a missing or duplicate name. The messages have
    ///   positions but no names: without a header, the first line is about a person.
    static func names(from scanner: CSVScanner) throws -> [String] {
        guard try scanner.nextHeader() else {
            throw SourceError(.emptyFile, at: .init(scanner.path), "the file is empty; its first line must name the columns")
        }
        let location = SourceError.Location(scanner.path, line: scanner.line)
        guard scanner.fields.count > 1 || !scanner.fields[0].isNull else {
            throw SourceError(.badHeader, at: location, "the first line is empty; it must name the columns")
        }
        let record = scanner.record
        let names = scanner.fields.map { String(decoding: FieldText.trimmed($0.bytes(in: record)), as: UTF8.self) }
        var positions: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if name.isEmpty {
                throw SourceError(
                    .badHeader, at: location, "column \(index + 1) of \(names.count) has no name; the first line must name every column")
            }
            if let earlier = positions.updateValue(index, forKey: name) {
                throw SourceError(
                    .badHeader, at: location,
                    "columns \(earlier + 1) and \(index + 1) have the same name; every column needs its own")
            }
        }
        return names
    }
}
