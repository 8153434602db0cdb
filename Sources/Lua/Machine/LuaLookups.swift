/// The lookup files of a package, in memory that all its machines read.
package final class LuaLookups {
    /// A file: its name in `lookups/`, and where it lies.
    struct File {
        let name: String
        let start: Int
        let count: Int
    }

    /// The most bytes of all files together.
    package static let largestSum = 256 << 20

    let memory: SharedMemory
    let files: [File]

    /// - Throws: `LuaError.Code.memory` when the system does not give it, or the files are too large.
    package init(_ texts: [(name: String, text: [UInt8])]) throws(LuaError) {
        let sum = texts.reduce(0) { $0 + $1.text.count }
        guard sum <= Self.largestSum else {
            throw LuaError(.memory, message: "the lookup files have \(sum >> 20) MB together; they may have \(Self.largestSum >> 20)")
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
