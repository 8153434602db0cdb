import CText

/// The addresses of a batch's rows, read and hashed together.
///
/// A row's address is the one that the `map` hook set, if it set one, else the one in the row's own column.
package struct RowAddresses: Sendable {
    /// What each row's text is.
    package private(set) var readings: [EmailAddress.Reading] = []
    /// Whether more than white space was removed from each row's address.
    package private(set) var isCleaned: [Bool] = []
    /// Mailchimp's hash of each row's address; meaningless for a row without one.
    package private(set) var hashes: [SubscriberHash] = []
    /// The normalized addresses in UTF-8, one right after the other.
    package private(set) var bytes: [UInt8] = []
    /// The end of each row's address in `bytes`.
    package private(set) var ends: [UInt32] = []

    package init() {}

    /// The range of a row's address in `bytes`; empty for a row without one.
    package func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row]) }

    /// Removes all addresses, but keeps the memory.
    package mutating func removeAll() {
        readings.removeAll(keepingCapacity: true)
        isCleaned.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Appends a normalized address whose hash is known.
    package mutating func append(_ address: UnsafeRawBufferPointer, _ hash: SubscriberHash) {
        bytes.append(contentsOf: address)
        hashes.append(hash)
        note(.address)
    }

    /// Reads the addresses of a batch, in place of those of the batch before.
    mutating func read(_ batch: UserBatch, emailColumn: Int?) {
        removeAll()
        let column = emailColumn.map { batch.records.columns[$0] }
        let verdicts = batch.verdicts
        withUnsafeTemporaryAllocation(of: hl_address.self, capacity: 1) { room in
            for row in 0..<batch.records.count {
                switch verdicts.addresses[row] {
                case .cleared: note(.missing)
                case .mapped: read(verdicts.addressBytes, verdicts.addressRanges[row], room)
                case .unchanged:
                    if let column, !column.isNull(row) { read(column.bytes, column.byteRange(row), room) } else { note(.missing) }
                }
            }
        }
        SubscriberHash.hash(bytes, ends: ends, into: &hashes)
    }

    private mutating func read(_ text: [UInt8], _ range: Range<Int>, _ room: UnsafeMutableBufferPointer<hl_address>) {
        guard let address = room.baseAddress else { return note(.malformed) }
        let kind = text.withUnsafeBytes { text in
            UnsafeRawBufferPointer(rebasing: text[range]).withMemoryRebound(to: CChar.self) {
                hl_read_address($0.baseAddress, $0.count, address)
            }
        }
        switch kind {
        case HL_ADDRESS_MISSING: note(.missing)
        case HL_ADDRESS_FOUND:
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: address, count: address.pointee.length))
            note(.address, isCleaned: address.pointee.is_cleaned)
        default: note(.malformed)
        }
    }

    private mutating func note(_ reading: EmailAddress.Reading, isCleaned: Bool = false) {
        readings.append(reading)
        self.isCleaned.append(isCleaned)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }
}
