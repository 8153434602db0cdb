import Foundation
import Support

/// Runs the built `hookline` as a user does.
struct Shell: Sendable {
    /// What a command printed, and how it ended.
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String

        /// The standard output as JSON.
        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
        }
    }

    let folder: URL
    let environment: [String: String]

    /// The program that was built with the tests.
    static let program = URL(fileURLWithPath: BuiltProgram.path("hookline"))

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: the command and its arguments.
    ///   - device: where messages go instead of into the result.
    ///   - outputDevice: where the output goes instead of into the result.
    /// - Returns: what it printed, and how it ended.
    /// - Throws: when the program cannot be started.
    func hookline(_ arguments: String..., errorsTo device: String? = nil, outputTo outputDevice: String? = nil) async throws -> Result {
        try await hookline(arguments, errorsTo: device, outputTo: outputDevice)
    }

    /// Runs a command to its end; as the other.
    func hookline(_ arguments: [String], errorsTo device: String? = nil, outputTo outputDevice: String? = nil) async throws -> Result {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files instead of pipes: nothing has to be read while the process runs.
        let (output, errors) = (folder.appendingPathComponent("out-\(UUID()).txt"), folder.appendingPathComponent("err-\(UUID()).txt"))
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: outputDevice.map { URL(fileURLWithPath: $0) } ?? output)
        process.standardError = try FileHandle(forWritingTo: device.map { URL(fileURLWithPath: $0) } ?? errors)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.runAndCloseFiles() } catch { continuation.resume(throwing: error) }
        }
        return Result(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// Where a command of `start` prints.
    var outputOfStarted: URL { folder.appendingPathComponent("started.txt") }

    /// Starts a command without waiting for its end.
    ///
    /// - Throws: when the program cannot be started.
    func start(_ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        try Data().write(to: outputOfStarted)
        process.standardOutput = try FileHandle(forWritingTo: outputOfStarted)
        process.standardError = FileHandle.nullDevice
        try process.runAndCloseFiles()
        return process
    }
}

/// The repository that the tests were built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
