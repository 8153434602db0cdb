import CLuaHost

/// How worker processes are started.
package struct LuaJail: Equatable, Sendable {
    /// The argument with which the program is started again as a worker.
    package static let argument = "jailed-lua"

    /// The program that becomes a worker when it gets that argument: this one.
    package var executable: String
    /// False leaves the filter of system calls out. For tests.
    package var wantsFilter = true
    /// How much processor time beyond its limit a machine may use before its process is killed, and how long it may do nothing at all.
    package var grace = Duration.milliseconds(1_500)
    package var longestSilence = Duration.seconds(60)

    package init(executable: String = LuaJail.thisProgram) {
        self.executable = executable
    }

    /// The file that this process runs; on Linux even when it has been replaced on disk since.
    package static var thisProgram: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            CommandLine.arguments[0]
        #endif
    }
}

extension LuaJail {
    /// Turns this process into a worker, if it was started as one; does not return then.
    ///
    /// Call it before anything else: what a program has read by then, its worker has read, too.
    package static func becomeWorkerIfAsked() {
        if CommandLine.arguments.count == 2, CommandLine.arguments[1] == argument { hl_worker_main() }
    }
}
