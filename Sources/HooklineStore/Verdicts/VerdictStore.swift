import Foundation
import HooklineCore
import Text

/// Remembers the verdicts of an activation in a file beside the ledger. Whatever is wrong with the file, the next run is a full one.
package final class VerdictStore: VerdictMemory, @unchecked Sendable {
    // Unchecked because one task uses it at a time.
    private let path: String
    private let fullEveryDays: Int
    /// Whether the run may write: a plan only reads.
    private let writes: Bool
    private var window: VerdictWindow?
    private var file: VerdictFile?
    private var writer: VerdictWriter?
    private var end = VerdictFormat.End(key: "", basis: "", rows: 0, today: "", full: "", verdicts: [])
    private var numbers: [RememberedVerdict: Int32] = [:]
    private var textBytes = 0
    /// By number: whether a verdict of the file holds today.
    private var holds: [Bool] = []
    private var warnings: [RunWarning] = []

    /// - Parameters:
    ///   - ledger: the ledger beside which the file is.
    ///   - activation: whose verdicts they are.
    ///   - fullEveryDays: after how many days all rows enter the hooks again.
    ///   - writes: whether the verdicts of this run may be kept.
    package init(besides ledger: SQLiteLedger, activation: String, fullEveryDays: Int, writes: Bool) {
        path = Self.path(of: activation, ledger: ledger.path)
        self.fullEveryDays = fullEveryDays
        self.writes = writes
    }

    /// Where the verdicts of an activation are.
    static func path(of activation: String, ledger: String) -> String { "\(ledger)-verdicts/\(activation)" }

    /// Forgets what is remembered of an activation.
    package static func forget(_ activation: String, besides ledger: SQLiteLedger) {
        unlink(path(of: activation, ledger: ledger.path))
        unlink(path(of: activation, ledger: ledger.path) + ".new")
    }

    package func open(basis: String, today: String, readsAll: String?) -> (key: [UInt8], full: String?) {
        var full = readsAll
        do {
            file = try VerdictFile.open(path)
        } catch {
            file = nil
            if full == nil {
                full = "what was remembered is damaged"
                warnings.append(
                    RunWarning(
                        "incremental.damaged",
                        "the file of remembered verdicts is damaged or not one of Hookline's, so every user entered the hooks"))
            }
        }
        if full == nil { full = reason(basis: basis, today: today) }
        end.basis = basis
        end.today = today
        if full == nil, let file {
            end.key = file.end.key
            end.full = file.end.full
            end.verdicts = file.end.verdicts
            holds = file.end.verdicts.map { !$0.isOfDay || file.end.today == today }
            for (index, verdict) in end.verdicts.enumerated() where holds[index] {
                numbers[verdict] = Int32(index)
                textBytes += verdict.size
            }
            window = VerdictWindow(file)
        } else {
            file = nil
            var generator = SystemRandomNumberGenerator()
            end.key = (0..<16).map { _ in String(UInt8.random(in: 16...255, using: &generator), radix: 16) }.joined()
            end.full = today
        }
        if writes { writer = VerdictWriter(path, key: end.key) }
        return (Array(end.key.utf8), full)
    }

    /// Why nothing of the file may be used; nil if it may.
    private func reason(basis: String, today: String) -> String? {
        guard let file else { return "nothing is remembered yet" }
        if file.end.basis != basis { return "scripts, lookups, parameters, columns, limits, the time zone, or Hookline changed" }
        guard let last = CalendarDate(file.end.full.utf8), let now = CalendarDate(today.utf8) else { return "the day is unknown" }
        let days = now.daysSinceEpoch - last.daysSinceEpoch
        if days < 0 { return "the clock went back" }
        if days >= fullEveryDays {
            return fullEveryDays == 1
                ? "it is the first run of the day" : "all rows last entered the hooks \(NumberText.counted(days, "day", "days")) ago"
        }
        return nil
    }

    package func recall(_ rows: [RowDigest], into numbers: inout [Int32]) {
        numbers.removeAll(keepingCapacity: true)
        guard window != nil else { return numbers.append(contentsOf: repeatElement(-1, count: rows.count)) }
        for row in rows {
            if let found = window?.find(row), Int(found) < holds.count, holds[Int(found)] {
                numbers.append(Int32(found))
            } else {
                numbers.append(-1)
            }
        }
    }

    package func verdict(_ number: Int32) -> RememberedVerdict { end.verdicts[Int(number)] }

    package func number(of verdict: RememberedVerdict) -> Int32? {
        if let known = numbers[verdict] { return known }
        guard end.verdicts.count < VerdictFormat.mostVerdicts, textBytes + verdict.size <= VerdictFormat.mostText else { return nil }
        let number = Int32(end.verdicts.count)
        end.verdicts.append(verdict)
        numbers[verdict] = number
        textBytes += verdict.size
        return number
    }

    package func remember(_ rows: [RowDigest], _ numbers: [Int32]) {
        guard let writer else { return }
        for (row, number) in zip(rows, numbers) where number >= 0 { writer.append(row, UInt16(number)) }
    }

    package func close(discardingFor reason: String?) -> (notKept: String?, warnings: [RunWarning]) {
        defer { (window, file, writer) = (nil, nil, nil) }
        if file?.isDamaged == true {
            warnings.append(
                RunWarning(
                    "incremental.damaged",
                    "a part of the file of remembered verdicts is damaged, so more users than those that changed entered the hooks"))
        }
        guard let writer else { return (nil, warnings) }
        if let reason {
            // What an earlier run remembered stays true, unless it turned out that nothing may be remembered.
            if !reason.isEmpty { unlink(path) }
            return (reason, warnings)
        }
        end.rows = writer.rows
        writer.finish(end)
        if let problem = writer.problem {
            unlink(path)
            warnings.append(
                RunWarning(
                    "incremental.not_kept",
                    "what was decided about unchanged users cannot be remembered (\(problem)); the next run will ask the hooks about all of them"
                ))
            return (problem, warnings)
        }
        return (nil, warnings)
    }
}

extension RememberedVerdict {
    /// About how many bytes it takes.
    fileprivate var size: Int { (reason?.utf8.count ?? 0) + labels.reduce(0) { $0 + $1.utf8.count + 3 } + 16 }
}
