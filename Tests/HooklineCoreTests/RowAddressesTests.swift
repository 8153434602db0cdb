import HooklineCore
import Support
import Testing

@Suite("The addresses of a column")
struct RowAddressesTests {
    @Test("are those of its texts one by one, whatever the texts are", arguments: [1, 7, 1_000])
    func oneByOne(size: Int) {
        let columns = [Column("email", .text)]
        var texts: [String?] = AddressTexts.all
        for index in stride(from: 0, to: texts.count, by: 11) { texts[index] = nil }
        // Letters that are longer when they are small, and nothing else.
        texts.append("a@" + String(repeating: "\u{23A}", count: 60) + ".com")
        if size == 1 { texts.removeFirst(texts.count - 3_000) }
        var batch = UserBatch(columns: columns)
        var (start, bytes) = (0, [UInt8]())
        while start < texts.count {
            let part = texts[start..<min(texts.count, start + size)]
            batch.records = RecordBatch(columns, rows: part.map { [$0.map { .text($0) } ?? .null] })
            batch.readOwnAddresses(in: 0)
            let found = batch.ownAddresses
            #expect(found.readings.count == part.count && found.hashes.count == part.count && found.ends.count == part.count)
            for (row, text) in part.enumerated() {
                var (isCleaned, reading) = (false, EmailAddress.Reading.missing)
                bytes.removeAll()
                if let text {
                    reading = Array(text.utf8).withUnsafeBufferPointer { EmailAddress.read($0, into: &bytes, isCleaned: &isCleaned) }
                }
                #expect(found.readings[row] == reading && found.isCleaned[row] == isCleaned, "row \(start + row)")
                #expect(Array(found.bytes[found.range(row)]) == bytes, "row \(start + row)")
                if reading == .address { #expect(found.hashes[row] == bytes.withUnsafeBufferPointer { SubscriberHash(normalized: $0) }) }
            }
            start += size
        }
    }
}
