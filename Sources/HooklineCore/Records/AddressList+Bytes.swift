extension AddressList {
    /// Hashes, ends, and addresses, one after another as they are in memory: for this process only.
    var serialized: [UInt8] {
        var serialized: [UInt8] = []
        serialized.reserveCapacity(hashes.count * 20 + bytes.count)
        hashes.withUnsafeBytes { serialized.append(contentsOf: $0) }
        ends.withUnsafeBytes { serialized.append(contentsOf: $0) }
        serialized.append(contentsOf: bytes)
        return serialized
    }

    /// Reads `serialized` of so many addresses.
    init(serialized: [UInt8], count: Int) {
        let hashes = [SubscriberHash](unsafeUninitializedCapacity: count) { hashes, filled in
            serialized.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(hashes).copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[0..<count * 16]))
            }
            filled = count
        }
        let ends = [UInt32](unsafeUninitializedCapacity: count) { ends, filled in
            serialized.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(ends).copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[count * 16..<count * 20]))
            }
            filled = count
        }
        self.init(hashes: hashes, bytes: Array(serialized[(count * 20)...]), ends: ends)
    }

    /// The addresses whose hashes are in a range, of a list in the order of its hashes.
    package func part(within range: ClosedRange<SubscriberHash>) -> AddressList {
        let start = hashes.partitioningIndex { $0 >= range.lowerBound }
        return part(start..<max(start, hashes.partitioningIndex { $0 > range.upperBound }))
    }
}
