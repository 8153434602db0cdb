import Foundation
import HooklineCore
import Lua

/// Everything that Hookline does, whoever asks: the command line, a server, a console.
///
/// It needs no terminal, reads no input and never ends the process. What happens along the way goes to the observer, which also answers
/// questions; results are values, and errors are thrown.
package struct App: Sendable {
    /// The workspace's folder, or one inside it. A relative path starts at the process's current directory.
    package var directory: String
    /// Resolves `${env:…}`, and says where keys and runtime files are.
    package var environment: [String: String]
    package var clock: AppClock
    /// Who is at work: a report names whoever let a safeguard pass.
    package var person: String
    /// How the processes that run scripts are started.
    package var jail: LuaJail
    package var observer: any AppObserver
    /// How long the tests of a package may take before anybody has agreed to it.
    package var testPatience: Duration = .seconds(60)

    package init(
        directory: String, environment: [String: String] = ProcessInfo.processInfo.environment, clock: AppClock = .system(),
        person: String = "\(NSUserName())@\(ProcessInfo.processInfo.hostName)", jail: LuaJail = LuaJail(), observer: any AppObserver
    ) {
        self.directory = directory
        self.environment = environment
        self.clock = clock
        self.person = person
        self.jail = jail
        self.observer = observer
    }
}
