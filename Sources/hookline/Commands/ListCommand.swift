import ArgumentParser
import HooklineApp
import HooklinePackages

/// `hookline list`.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the installed packages, and what is wrong with them.",
        discussion: Examples.text("list", "list --json"))

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try options.reporting {
            let packages = try options.app.installedPackages()
            if options.json { try JSONOutput.print(packages) } else { show(packages) }
            if packages.contains(where: { $0.problem != nil }) { throw ExitStatus.invalid }
        }
    }

    private func show(_ packages: [InstalledPackage]) {
        if packages.isEmpty { return StandardOutput.print("no packages are installed: hookline install FILE") }
        var table = TextTable(header: ["package", "version", "digest", "signed by", "tests", "from"])
        for package in packages {
            let pin = package.pin
            table.add(
                package.name, pin.version, String(pin.digest.prefix(19)), pin.signer.map { String($0.prefix(24)) } ?? "nobody",
                pin.tested ? "passed" : "NOT TESTED", pin.from)
        }
        StandardOutput.print(table.text())
        for package in packages { if let problem = package.problem { StandardError.print("\(package.name): \(problem)") } }
    }
}
