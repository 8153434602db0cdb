import Foundation
import HooklineCore
import HooklineEngine
import HooklineStore

/// A plan on disk: JSON with the addresses in it, which only its owner can read.
package enum PlanFile {
    /// Writes a plan. An older one stays as it is until the new one is complete.
    ///
    /// - Throws: `plan.would_overwrite` for a file that holds something else; `plan.cannot_write`.
    static func write(_ plan: Plan, to path: String) throws {
        guard let target = OutputFile.target(of: path) else {
            throw AppError(.cannotWritePlan, "\(path) is not a regular file, so no plan can be written there; choose another file with -o")
        }
        if let existing = FileManager.default.contents(atPath: path), !existing.isEmpty,
            (try? JSONDecoder().decode(Header.self, from: existing)) == nil
        {
            throw AppError(
                .planWouldOverwrite, "\(path) already exists and is not a plan, so it was left alone; choose another file with -o")
        }
        let temporary = "\(target).\(UUID().uuidString).tmp"
        do {
            try write(StreamedJSON(plan, indented: false), toNew: temporary)
            guard rename(temporary, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            if error is StoreError { throw error }
            throw AppError(
                .cannotWritePlan, "the plan cannot be written to \(path): check that the folder exists and the disk has room")
        }
    }

    private static func write(_ json: StreamedJSON, toNew path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        try json.forEachPiece { try file.write(contentsOf: Data($0.utf8)) }
        try file.synchronize()
    }

    /// Reads a plan.
    ///
    /// - Throws: `engine.unreadable_plan`.
    package static func read(_ path: String) throws(EngineError) -> Plan {
        let advice = "'hookline plan NAME -o FILE' makes one"
        guard let content = FileManager.default.contents(atPath: path) else {
            throw EngineError(.unreadablePlan, "there is no readable file \(path); \(advice)")
        }
        let decoder = JSONDecoder()
        guard let header = try? decoder.decode(Header.self, from: content) else {
            throw EngineError(.unreadablePlan, "\(path) is not a plan; \(advice)")
        }
        guard header.format == Plan.currentFormat else {
            throw EngineError(
                .unreadablePlan,
                "\(path) has plan format \(header.format), but this build reads format \(Plan.currentFormat); make a new plan")
        }
        do { return try decoder.decode(Plan.self, from: content) } catch {
            throw EngineError(.unreadablePlan, "\(path) is a damaged plan; \(advice)")
        }
    }

    private struct Header: Decodable {
        let format: Int
    }
}
