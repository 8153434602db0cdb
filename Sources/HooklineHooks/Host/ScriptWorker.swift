import Lua

/// The program as a worker that runs scripts.
package enum ScriptWorker {
    /// Turns this process into a worker and never returns, if it was started as one. Must be the first line of a program's `main`.
    package static func takeOverIfAsked() { LuaJail.becomeWorkerIfAsked() }
}
