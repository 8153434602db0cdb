/// Finds the first rows of a limit among all: it keeps one more than the limit has.
struct LimitRows {
    private let test: LimitTest
    private let count: Int
    private var met = 0
    /// A heap, the last row on top.
    private var heap: [LimitPlace] = []

    init(_ test: LimitTest) {
        self.test = test
        count = test.limit.count
    }

    /// Adds the rows of a batch that meet the rules.
    mutating func add(_ batch: RecordBatch, where truths: [Truth]) {
        let (values, keys) = (batch.columns[test.field], batch.columns[test.key])
        for row in 0..<batch.count where truths[row] == .yes {
            met += 1
            // A value that could not be read has no place in the order, and a row without a key is no row that could be told from others.
            if values.isUnreadable(row) || keys.isUnreadable(row) { continue }
            guard let place = test.place(row, of: batch) else { continue }
            if heap.count <= count {
                heap.append(place)
                rise()
            } else if test.order.precedes(place, heap[0]) {
                heap[0] = place
                sink()
            }
        }
    }

    /// The rows that stay in. Rows at the end that nothing tells apart, because they have one key, all stay out.
    func members() -> LimitMembers {
        guard heap.count > count, let end = heap.first else { return LimitMembers(met: met, places: heap, last: nil, end: nil) }
        let places = heap.filter { test.order.precedes($0, end) }
        return LimitMembers(met: met, places: places, last: places.max(by: test.order.precedes), end: end)
    }

    private mutating func rise() {
        var index = heap.count - 1
        while index > 0, test.order.precedes(heap[(index - 1) / 2], heap[index]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var last = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && test.order.precedes(heap[last], heap[child]) {
                last = child
            }
            if last == index { return }
            heap.swapAt(index, last)
            index = last
        }
    }
}
