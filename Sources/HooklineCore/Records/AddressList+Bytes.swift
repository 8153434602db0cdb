extension AddressList {
    /// Appends hashes, ends, and addresses of a range, one after another as they are in memory: for this process only.
    func serialize(_ range: Range<Int>, to serialized: inout [UInt8]) {
        let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
        let end = range.isEmpty ? start : ends[range.upperBound - 1]
        hashes[range].withUnsafeBytes { serialized.append(contentsOf: $0) }
        let shifted = ends[range].map { $0 - start }
        shifted.withUnsafeBytes { serialized.append(contentsOf: $0) }
        serialized.append(contentsOf: bytes[Int(start)..<Int(end)])
    }

    /// Reads what `serialize` has written of so many addresses.
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
