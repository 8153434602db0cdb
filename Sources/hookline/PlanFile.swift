import Foundation
import HooklineCore
import HooklineEngine

/// A plan on disk: JSON with the addresses in it, readable by its owner only.
enum PlanFile {
    /// Writes a plan; an older file stays as it is until the new one is whole.
    ///
    /// - Throws: `plan.would_overwrite` for a file that is there and is no plan.
    static func write(_ plan: Plan, to path: String) throws {
        if let there = FileManager.default.contents(atPath: path), !there.isEmpty,
            (try? JSONDecoder().decode(Header.self, from: there)) == nil
        {
            throw CommandFailure(
                "plan.would_overwrite", "\(path) is there already and is no plan; it was not touched. Give -o another name")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = try encoder.encode(plan)
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        do {
            guard FileManager.default.createFile(atPath: temporary, contents: content, attributes: [.posixPermissions: 0o600]) else {
                throw CocoaError(.fileWriteUnknown)
            }
            guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw CommandFailure(
                "plan.cannot_write", "the plan cannot be written to \(path): check that the folder exists and has room", status: .failed)
        }
    }

    /// Reads a plan.
    static func read(_ path: String) throws -> Plan {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw EngineError(.unreadablePlan, "there is no readable file \(path); 'hookline plan NAME -o FILE' makes one")
        }
        guard let header = try? JSONDecoder().decode(Header.self, from: content) else {
            throw EngineError(.unreadablePlan, "\(path) is no plan: 'hookline plan NAME -o FILE' makes one")
        }
        guard header.format == Plan.currentFormat else {
            throw EngineError(
                .unreadablePlan, "\(path) has plan format \(header.format), and this build reads \(Plan.currentFormat); make a new plan")
        }
        do {
            return try JSONDecoder().decode(Plan.self, from: content)
        } catch {
            throw EngineError(.unreadablePlan, "\(path) is a damaged plan; make a new one with 'hookline plan NAME -o FILE'")
        }
    }

    private struct Header: Decodable {
        let format: Int
    }
}
