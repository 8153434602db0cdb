import Foundation

/// Hookline beside its peers and the floors of this machine, measured as whole processes.
@main
struct Bench {
    private static let usage =
        "usage: hookline-bench [USERS] | peers [USERS] | floors [USERS] | memory [USERS] | phases [USERS] | calls | large"

    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let table = arguments.first.flatMap { Int($0) == nil ? $0 : nil }
        if table != nil { arguments.removeFirst() }
        guard let users = arguments.isEmpty ? 1_000_000 : Int(arguments[0]), users >= 1_000, arguments.count <= 1 else {
            return print(usage)
        }
        print(
            "hookline, release build, \(ProcessInfo.processInfo.processorCount) cores, \(Date.now.formatted(.iso8601.year().month().day()))"
        )
        switch table {
        case nil:
            try PeerTable.print(users: users)
            try FloorTable.print(users: users)
            try MemoryTable.print(sizes: [users], repeats: 5)
            try PhaseTable.print(users: users)
            try CallTable.print()
        case "peers": try PeerTable.print(users: users)
        case "floors": try FloorTable.print(users: users)
        case "memory": try MemoryTable.print(sizes: [users], repeats: 5)
        case "phases": try PhaseTable.print(users: users)
        case "calls": try CallTable.print()
        case "large":
            try MemoryTable.printGrowth(rounds: 5)
            try MemoryTable.print(sizes: [10_000_000, 30_000_000], repeats: 1)
        default: print(usage)
        }
    }
}
