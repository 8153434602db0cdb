import Foundation
import Support

/// Walks pages of docs/ as a reader does: one shell in one folder, the simulator in a second terminal.
final class GuideWalk {
    let folder: URL
    private var inBackground: [Process] = []
    private var simulator = "127.0.0.1:8089"
    /// What the block of commands printed that is being walked, or was last.
    private var printed = ""
    /// What the words in capitals stand for that a reader fills in: what was printed last for a line that a page shows.
    private var words: [String: String] = [:]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-guides-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent(".bin"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: folder.appendingPathComponent(".bin/hookline"), withDestinationURL: Shell.program)
        try Data(folder.path.utf8).write(to: folder.appendingPathComponent(".cwd"))
        try Data("export PATH='\(folder.path)/.bin':\"$PATH\" HOME='\(folder.path)'\n".utf8).write(
            to: folder.appendingPathComponent(".state"))
    }

    /// Ends what runs in the second terminal, and takes the folder away.
    func close() {
        for process in inBackground {
            process.terminate()
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Throws: `GuideMistake` at the first step that does not come out as the page says.
    func walk(_ page: GuidePage) async throws {
        for (line, step) in page.steps {
            switch step {
            case .commands(let commands):
                printed = ""
                for command in commands { try await run(command) }
            case .background(let command): try start(command)
            case .output(let lines):
                let found = ShownOutput(lines: lines).found(in: printed)
                if let missing = found.missing { throw GuideMistake(line, "not printed there: \(missing)\n--- printed was\n\(printed)") }
                for line in found.lines {
                    if let run = line.firstMatch(of: /[0-9]{8}-[0-9]{6}-[0-9a-f]{8}/) { words["RUN"] = String(run.0) }
                    if let signer = line.firstMatch(of: /ed25519:[A-Za-z0-9+\/=]+/) { words["SIGNER"] = String(signer.0) }
                }
            case .write(let path, let text, let appends): try write(path, text, appends, line)
            case .edit(let path, let before, let after): try edit(path, before, after, line)
            }
        }
    }

    // MARK: The shell

    private func run(_ typed: GuidePage.Command) async throws {
        try pointAtSimulator()
        let command = try filledIn(typed)
        let output = folder.appendingPathComponent(".output")
        try Data().write(to: output)
        let process = try shell("\(command)\nstatus=$?\npwd >'\(folder.path)/.cwd'\nexport -p >'\(folder.path)/.state'\nexit $status")
        let handle = try FileHandle(forWritingTo: output)
        (process.standardOutput, process.standardError) = (handle, handle)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.runAndCloseFiles() } catch { continuation.resume(throwing: error) }
        }
        let said = try String(contentsOf: output, encoding: .utf8)
        printed += said
        guard process.terminationStatus == typed.status else {
            throw GuideMistake(
                typed.line, "'\(command)' ended with \(process.terminationStatus), not \(typed.status)\n--- printed was\n\(said)")
        }
    }

    /// Starts the simulator on a free port, and waits for the line that says which.
    private func start(_ typed: GuidePage.Command) throws {
        guard typed.text.hasPrefix("hookline simulator") else {
            throw GuideMistake(typed.line, "only the simulator runs in the second terminal")
        }
        let process = try shell("exec \(typed.text) --port 0")
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        inBackground.append(process)
        var said = Data()
        while !said.contains(UInt8(ascii: "\n")) {
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { break }
            said += more
        }
        printed = String(decoding: said, as: UTF8.self)
        guard let address = printed.firstMatch(of: /127\.0\.0\.1:[0-9]+/) else {
            throw GuideMistake(typed.line, "'\(typed.text)' does not listen\n--- printed was\n\(printed)")
        }
        simulator = String(address.0)
    }

    private func shell(_ script: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", ". '\(folder.path)/.state'\ncd \"$(cat '\(folder.path)/.cwd')\"\n\(script)"]
        process.environment = ProcessInfo.processInfo.environment.filter {
            !["HOOKLINE_KEYS", "XDG_CONFIG_HOME", "MAILCHIMP_API_KEY"].contains($0.key)
        }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private func filledIn(_ typed: GuidePage.Command) throws -> String {
        var filled = typed.text
        for word in ["RUN", "SIGNER"] where filled.contains(" \(word)") {
            guard let value = words[word] else {
                throw GuideMistake(typed.line, "no page has shown yet what \(word) stands for")
            }
            filled = filled.replacing(" \(word)", with: " \(value)")
        }
        return filled
    }

    // MARK: Files

    private func location(_ path: String) throws -> URL {
        let current = try String(contentsOf: folder.appendingPathComponent(".cwd"), encoding: .utf8)
        return URL(fileURLWithPath: current.trimmingCharacters(in: .newlines)).appendingPathComponent(path)
    }

    private func write(_ path: String, _ text: String, _ appends: Bool, _ line: Int) throws {
        let file = try location(path)
        let before = try? String(contentsOf: file, encoding: .utf8)
        if appends, before == nil { throw GuideMistake(line, "there is no '\(path)' to add to") }
        guard FileManager.default.fileExists(atPath: file.deletingLastPathComponent().path) else {
            throw GuideMistake(line, "there is no folder for '\(path)'")
        }
        try Data(((appends ? before ?? "" : "") + text).utf8).write(to: file)
    }

    private func edit(_ path: String, _ before: String, _ after: String, _ line: Int) throws {
        let file = try location(path)
        let text = try String(contentsOf: file, encoding: .utf8)
        guard text.components(separatedBy: before + "\n").count == 2 else {
            throw GuideMistake(line, "'\(path)' does not hold the old lines of the diff once:\n\(text)")
        }
        try Data(text.replacing(before + "\n", with: after.isEmpty ? "" : after + "\n").utf8).write(to: file)
    }

    /// Lets every workspace speak to the simulator on the port that was free.
    private func pointAtSimulator() throws {
        guard let files = FileManager.default.enumerator(atPath: folder.path) else { return }
        for case let path as String in files where path.hasSuffix("hookline.yaml") {
            let file = folder.appendingPathComponent(path)
            let text = try String(contentsOf: file, encoding: .utf8)
            if text.contains("127.0.0.1:8089"), simulator != "127.0.0.1:8089" {
                try Data(text.replacing("127.0.0.1:8089", with: simulator).utf8).write(to: file)
            }
        }
    }
}
