import Foundation

/// CronSim (PyPI), which follows the rules of Debian's cron: what cron lines are compared with.
package enum CronSim {
    /// Why there are no answers.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A cron line, a zone, and the moment after which to look, in Unix seconds.
    package struct Question: Sendable, CustomStringConvertible {
        package let line, zone: String
        package let start: Int64

        package init(_ line: String, _ zone: String, _ start: Int64) {
            self.line = line
            self.zone = zone
            self.start = start
        }

        package var description: String { "\(line) in \(zone) after \(start)" }
    }

    private static let script = """
        import sys
        sys.path.insert(0, sys.argv[1])
        from datetime import datetime
        from zoneinfo import ZoneInfo
        from cronsim import CronSim, CronSimError
        for question in sys.stdin:
            line, zone, start, count = question.rstrip("\\n").split("\\t")
            try:
                times = CronSim(line, datetime.fromtimestamp(int(start), ZoneInfo(zone)))
                found = []
                for time in times:
                    found.append(str(int(time.timestamp())))
                    if len(found) == int(count): break
                print(" ".join(found))
            except CronSimError:
                print("refused")
        """

    /// The next instants of each question.
    ///
    /// - Parameters:
    ///   - questions: any number.
    ///   - count: how many instants of each.
    /// - Returns: Unix seconds; nil for a line that CronSim refuses.
    /// - Throws: ``Failure`` if it is not on this machine, or failed.
    package static func instants(_ questions: [Question], count: Int) throws -> [[Int64]?] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appendingPathComponent(".tools/cronsim").path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw Failure(
                description:
                    "this test needs CronSim: make test installs it (python3 -m pip install --target .tools/cronsim cronsim)")
        }
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("hookline-cron-\(UUID().uuidString)").path
        let (asked, answered) = (temporary + ".asked", temporary + ".answered")
        defer { for path in [asked, answered] { try? FileManager.default.removeItem(atPath: path) } }
        try Data(questions.map { "\($0.line)\t\($0.zone)\t\($0.start)\t\(count)\n" }.joined().utf8).write(to: URL(fileURLWithPath: asked))
        try Data().write(to: URL(fileURLWithPath: answered))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, folder]
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: asked))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: answered))
        try process.runAndCloseFiles()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: answered)), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(description: "CronSim ended with status \(process.terminationStatus)") }
        return text.split(separator: "\n", omittingEmptySubsequences: false).prefix(questions.count).map { line in
            line == "refused" ? nil : line.split(separator: " ").compactMap { Int64($0) }
        }
    }
}
