import Foundation

/// Lists of texts for C.
enum CStringLists {
    /// Calls `body` with lists of C strings, each with NULL at its end.
    static func with(_ lists: [[String]], _ body: ([UnsafePointer<UnsafePointer<CChar>?>]) -> Int32) -> Int32 {
        let copies = lists.map { $0.map { strdup($0) } }
        defer { copies.joined().forEach { free($0) } }
        let arrays = copies.map { list in
            let array = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: list.count + 1)
            for (index, text) in list.enumerated() { array[index] = UnsafePointer(text) }
            array[list.count] = nil
            return array
        }
        defer { arrays.forEach { $0.deallocate() } }
        return body(arrays.map { UnsafePointer($0) })
    }
}
