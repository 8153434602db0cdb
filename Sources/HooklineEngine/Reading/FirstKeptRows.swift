import HooklineCore

/// The first rows of each bucket, whatever the order in which rows come.
struct FirstKeptRows {
    private var buckets: [RowBucket: [(row: KeptRow, hash: SubscriberHash?)]] = [:]

    mutating func add(_ row: KeptRow, to bucket: RowBucket, _ hash: SubscriberHash? = nil) {
        buckets[bucket, default: []].append((row, hash))
        if buckets[bucket, default: []].count >= 2 * RowBucket.rowLimit { cut(bucket) }
    }

    private mutating func cut(_ bucket: RowBucket) {
        buckets[bucket]?.sort { $0.row.row < $1.row.row }
        if let extra = buckets[bucket].map({ $0.count - RowBucket.rowLimit }), extra > 0 { buckets[bucket]?.removeLast(extra) }
    }

    /// The rows of each bucket that has any, in the order of their numbers.
    var rows: [RowBucket: [KeptRow]] {
        var all = self
        for bucket in buckets.keys { all.cut(bucket) }
        return all.buckets.mapValues { $0.map(\.row) }
    }

    /// The hashes of rows that have no address, each with nil.
    var withoutAddress: [SubscriberHash: String?] {
        var missing: [SubscriberHash: String?] = [:]
        for rows in buckets.values { for (row, hash) in rows where row.address == nil { if let hash { missing[hash] = .some(nil) } } }
        return missing
    }

    /// Gives rows without an address the one of their hash.
    mutating func fillIn(_ addresses: [SubscriberHash: String?]) {
        for bucket in buckets.keys {
            for index in (buckets[bucket] ?? []).indices {
                guard let row = buckets[bucket]?[index], row.row.address == nil, let hash = row.hash else { continue }
                buckets[bucket]?[index].row.address = addresses[hash] ?? nil
            }
        }
    }
}
