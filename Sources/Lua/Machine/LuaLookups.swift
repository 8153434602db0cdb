/// The lookup files of a package, in memory that all its machines share.
package final class LuaLookups {
    /// A file: its name in `lookups/`, and its position in the memory, in bytes.
    struct File {
        let name: String
        let start: Int
        let count: Int
    }

    /// The most bytes that all files may have together.
    package static let largestSum = 256 << 20

    let memory: SharedMemory
    let files: [File]

    /// Copies the files.
    ///
    /// - Throws: `LuaError.Code.memory` when the system does not provide the memory, or the files are too large together.
    package init(_ texts: [(name: String, text: [UInt8])]) throws(LuaError) {
        let sum = texts.reduce(0) { $0 + $1.text.count }
        guard sum <= Self.largestSum else {
            throw LuaError(.memory, message: "the lookup files have \(sum >> 20) MB in all; the limit is \(Self.largestSum >> 20) MB")
        }
        let memory = try SharedMemory(byteCount: max(1, sum))
        self.memory = memory
        var files: [File] = []
        var next = 0
        for (name, text) in texts {
            text.withUnsafeBytes { if let source = $0.baseAddress { (memory.base + next).copyMemory(from: source, byteCount: text.count) } }
            files.append(File(name: name, start: next, count: text.count))
            next += text.count
        }
        self.files = files
    }
}
