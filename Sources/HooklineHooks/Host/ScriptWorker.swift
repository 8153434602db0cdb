import Lua

/// The other life of a program: as a worker that runs scripts.
package enum ScriptWorker {
    /// Turns this process into a worker, if it was started as one; does not return then. The first line of a program's `main`.
    package static func takeOverIfAsked() { LuaJail.becomeWorkerIfAsked() }
}
