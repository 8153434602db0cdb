import CADBC
import CODBC
import Foundation
import HooklineCore

/// The program as the process that loads a driver and reads through it.
package enum DriverReader {
    /// The argument that makes it one.
    static func argument(_ kind: SourceConfiguration.Kind) -> String { "\(kind.rawValue)-reader" }

    /// Turns this process into a reader and never returns, if it was started as one. Must come before anything else that `main` does.
    package static func takeOverIfAsked() {
        guard CommandLine.arguments.count == 2 else { return }
        if CommandLine.arguments[1] == argument(.odbc) { hl_odbc_serve() }
        if CommandLine.arguments[1] == argument(.adbc) { hl_adbc_serve() }
    }

    /// The file that this process runs; on Linux, even if it has been replaced on disk since.
    static var thisProgram: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }
}
