import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What one process, with all that it started, took.
struct ProgramRun {
    let seconds: Double
    /// User and system time of the process and of those that it waited for.
    let processorSeconds: Double
    /// Of the whole tree of processes; nil where it was not asked for or cannot be known.
    let peak: TreeMemory.Peak?
    let output: Data
    let errors: String

    /// Runs a program to its end, and stops this one with its words if it fails.
    ///
    /// - Parameters:
    ///   - program: its path.
    ///   - arguments: its arguments.
    ///   - folder: its working directory, where files for its output are written.
    ///   - environment: variables beside those of this process.
    ///   - watchesMemory: samples the memory of the tree, which disturbs the times.
    /// - Throws: what the system says when it cannot be started.
    init(_ program: String, _ arguments: [String], in folder: URL, environment: [String: String] = [:], watchesMemory: Bool = false) throws
    {
        let (output, errors) = (folder.appendingPathComponent("output.txt"), folder.appendingPathComponent("errors.txt"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let before = Self.processorSecondsOfChildren()
        let start = ContinuousClock.now
        try process.run()
        let memory = watchesMemory ? TreeMemory(of: process.processIdentifier) : nil
        process.waitUntilExit()
        let elapsed = (ContinuousClock.now - start).components
        peak = memory?.stop()
        seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        processorSeconds = Self.processorSecondsOfChildren() - before
        self.output = try Data(contentsOf: output)
        self.errors = try String(contentsOf: errors, encoding: .utf8)
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            fatalError(
                "\(program) \(arguments) ended with \(process.terminationStatus): \(self.errors)\(String(decoding: self.output.prefix(2_000), as: UTF8.self))"
            )
        }
    }

    /// Of all children that have ended and were waited for. Only one runs at a time, beside the simulator, which ends last.
    private static func processorSecondsOfChildren() -> Double {
        var usage = rusage()
        // RUSAGE_CHILDREN, which has another type on Linux than the function wants.
        getrusage(-1, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
