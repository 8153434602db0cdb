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

    /// Normalized addresses whose hashes are known.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - size: how many bytes they have together.
    ///   - read: returns the hash and the bytes of each.
    @inline(__always)
    package init(count: Int, size: Int, at read: (Int) -> (SubscriberHash, UnsafeRawBufferPointer)) {
        readings = Array(repeating: .address, count: count)
        isCleaned = Array(repeating: false, count: count)
        var ends: [UInt32] = []
        ends.reserveCapacity(count)
        hashes.reserveCapacity(count)
        bytes = Array(unsafeUninitializedCapacity: size) { target, filled in
            guard let target = UnsafeMutableRawPointer(target.baseAddress) else { return }
            for index in 0..<count {
                let (hash, address) = read(index)
                precondition(filled + address.count <= size)
                if let source = address.baseAddress { (target + filled).copyMemory(from: source, byteCount: address.count) }
                filled += address.count
                hashes.append(hash)
                ends.append(UInt32(truncatingIfNeeded: filled))
            }
        }
        self.ends = ends
    }

    /// Reads the addresses in a column, in place of those of the batch before. Without a column, no row has one.
    mutating func read(_ records: RecordBatch, column: Int?) {
        removeAll()
        guard let column = column.map({ records.columns[$0] }) else {
            for _ in 0..<records.count { note(.missing) }
            return SubscriberHash.hash(bytes, ends: ends, into: &hashes)
        }
        let read = read(column)
        withUnsafeTemporaryAllocation(of: hl_address.self, capacity: 1) { room in
            for row in read..<column.count {
                if column.isNull(row) { note(.missing) } else { self.read(column.bytes, column.byteRange(row), room) }
            }
        }
        SubscriberHash.hash(bytes, ends: ends, into: &hashes)
    }

    /// Reads the addresses that hooks set, one after the other; rows whose address they left alone are not among them.
    mutating func read(_ verdicts: HookVerdicts) {
        removeAll()
        withUnsafeTemporaryAllocation(of: hl_address.self, capacity: 1) { room in
            for row in verdicts.addresses.indices where verdicts.addresses[row] == .mapped {
                read(verdicts.addressBytes, verdicts.addressRanges[row], room)
            }
        }
        SubscriberHash.hash(bytes, ends: ends, into: &hashes)
    }

    /// Puts together, in place of the batch before, what `map` hooks set and what the rows have of their own.
    mutating func join(_ own: RowAddresses, _ mapped: RowAddresses, by choices: [HookVerdicts.Address]) {
        removeAll()
        var next = 0
        for row in choices.indices {
            switch choices[row] {
            case .unchanged: append(row, of: own)
            case .mapped:
                append(next, of: mapped)
                next += 1
            case .cleared:
                note(.missing)
                hashes.append(SubscriberHash(high: 0, low: 0))
            }
        }
    }

    private mutating func append(_ row: Int, of other: RowAddresses) {
        bytes.append(contentsOf: other.bytes[other.range(row)])
        note(other.readings[row], isCleaned: other.isCleaned[row])
        hashes.append(other.hashes[row])
    }

    /// Reads the addresses in a column together.
    ///
    /// - Returns: how many of its values were read: all, unless addresses became longer than any letters do.
    private mutating func read(_ column: ColumnBuffer) -> Int {
        let count = column.count
        // A letter of 2 bytes may become a small one of 3.
        let capacity = column.bytes.count + column.bytes.count / 2 + Int(HL_ADDRESS_LIMIT)
        // Two properties cannot be changed through one `self`.
        var (written, ends): ([UInt8], [UInt32]) = ([], [])
        swap(&written, &bytes)
        swap(&ends, &self.ends)
        written.append(contentsOf: repeatElement(0, count: capacity))
        ends.append(contentsOf: repeatElement(0, count: count))
        let read = withUnsafeTemporaryAllocation(of: hl_address_reading.self, capacity: max(1, count)) { found in
            let read = column.bytes.withUnsafeBytes { text in
                written.withUnsafeMutableBytes { written in
                    hl_read_addresses(
                        text.bindMemory(to: CChar.self).baseAddress, column.offsets, column.valid, count,
                        written.bindMemory(to: CChar.self).baseAddress, capacity, &ends, found.baseAddress)
                }
            }
            for row in 0..<read {
                switch found[row].kind {
                case HL_ADDRESS_MISSING: readings.append(.missing)
                case HL_ADDRESS_FOUND: readings.append(.address)
                default: readings.append(.malformed)
                }
                isCleaned.append(found[row].is_cleaned)
            }
            return read
        }
        ends.removeLast(count - read)
        written.removeLast(capacity - Int(ends.last ?? 0))
        swap(&written, &bytes)
        swap(&ends, &self.ends)
        return read
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
