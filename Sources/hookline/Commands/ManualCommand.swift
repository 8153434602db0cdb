import ArgumentParser
import Foundation
import HooklineApp

/// `hookline manual`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, in the format of man(1).",
        discussion: Examples.text("manual > hookline.1"))

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let page = try options.reporting { try ManualPage(Hookline._dumpHelp(), version: Hookline.version, date: Date()).text }
        if options.json { try JSONOutput.print(["page": page]) } else { StandardOutput.print(page) }
    }
}
