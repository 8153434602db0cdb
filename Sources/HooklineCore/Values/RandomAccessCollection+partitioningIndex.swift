extension RandomAccessCollection where Index == Int {
    /// The first index whose element fits, if all that fit come after all that do not; else the end.
    package func partitioningIndex(where fits: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if fits(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
