import CODBC
import Foundation

/// The program as the process that loads a driver and reads through it.
package enum ODBCReader {
    /// The argument that makes it one.
    static let argument = "odbc-reader"

    /// Turns this process into a reader and never returns, if it was started as one. Must come before anything else that `main` does.
    package static func takeOverIfAsked() {
        if CommandLine.arguments.count == 2, CommandLine.arguments[1] == argument { hl_odbc_serve() }
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
