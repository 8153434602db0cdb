import Foundation

/// Contacts from a CSV file with a header that names the columns `email` and, optionally, `status`.
///
/// It may have everything that RFC 4180 allows: quotes, quoted line breaks, CRLF or LF, a last line without a line break. A byte
/// order mark is skipped, and other columns are ignored. A missing or empty status means subscribed. Addresses that differ only in
/// case are one contact: the last line wins, and duplicates are counted.
package struct ContactsFile: Sendable {
    /// The counts of a file.
    package struct Summary: Equatable, Sendable {
        /// The number of different contacts.
        package var contacts = 0
        /// The number of lines that repeat the address of an earlier line.
        package var duplicates = 0

        package init(contacts: Int = 0, duplicates: Int = 0) {
            self.contacts = contacts
            self.duplicates = duplicates
        }
    }

    private let bytes: [UInt8]
    private let name: String

    /// Reads the file at a path into memory.
    ///
    /// - Throws: ``SimulatorError`` `simulator.unreadable_file`.
    package init(path: String) throws(SimulatorError) {
        do {
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw SimulatorError(
                .unreadableFile, at: path, "the contacts file cannot be read; give the path of a CSV file with an email column")
        }
        name = path
    }

    /// A file with this text; `name` is for messages.
    package init(text: String, name: String = "contacts.csv") {
        bytes = Array(text.utf8)
        self.name = name
    }

    /// Adds every contact in the file to a book.
    ///
    /// - Throws: ``SimulatorError`` `simulator.bad_contacts` with the line.
    func fill(_ book: inout ContactBook) throws(SimulatorError) -> Summary {
        var records = CSVRecords(bytes: bytes)
        let columns = try header(&records)
        var summary = Summary()
        var second = SimulatedInstant.beginning.storedSeconds
        book.reserve(bytes.count / 32)
        while let record = try next(&records) {
            guard record.fields.count == columns.count else {
                throw bad(record.line, "the number of fields is \(record.fields.count), but the header has \(columns.count)")
            }
            let address = EmailAddress.trimmed(record.fields[columns.email])
            guard !address.isEmpty else { throw bad(record.line, "the email is empty; every line needs an email") }
            guard EmailAddress.isPlausible(address) else {
                throw bad(record.line, "the email is malformed; it must look like name@example.com")
            }
            let status = try columns.status.map { column throws(SimulatorError) in try self.status(record.fields[column], line: record.line)
            }
            if book.put(address, status: status ?? .subscribed, at: second).isNew {
                summary.contacts += 1
            } else {
                summary.duplicates += 1
            }
            second += 1
        }
        return summary
    }
}

extension ContactsFile {
    private struct Columns {
        var count: Int
        var email: Int
        var status: Int?
    }

    private func header(_ records: inout CSVRecords) throws(SimulatorError) -> Columns {
        guard let header = try next(&records) else {
            throw bad(1, "the file is empty; its first line must be a header such as email,status")
        }
        let names = header.fields.map { String(decoding: EmailAddress.identity($0), as: UTF8.self) }
        guard let email = names.firstIndex(where: { ["email", "email_address"].contains($0) }) else {
            throw bad(1, "the header has no email column; a contacts file has the columns email and, optionally, status")
        }
        return Columns(count: names.count, email: email, status: names.firstIndex(of: "status"))
    }

    private func status(_ field: [UInt8], line: Int) throws(SimulatorError) -> ContactStatus {
        let word = String(decoding: EmailAddress.identity(field), as: UTF8.self)
        if word.isEmpty { return .subscribed }
        guard let status = ContactStatus(name: word) else {
            let nearest = NearestName.hint(for: word, among: ContactStatus.allCases.map(\.name))
            throw bad(line, "the status is unknown; allowed: \(ContactStatus.listed)\(nearest)")
        }
        return status
    }

    private func next(_ records: inout CSVRecords) throws(SimulatorError) -> CSVRecords.Record? {
        do {
            return try records.next()
        } catch {
            throw bad(error.line, error.message)
        }
    }

    private func bad(_ line: Int, _ message: String) -> SimulatorError {
        SimulatorError(.badContacts, at: "\(name):\(line)", message)
    }
}
