import HooklineCore

extension GlobalOptions {
    /// Prints the report of a run, and ends the command with its status.
    func finish(with report: RunReport) throws {
        if json { try JSONOutput.print(report) } else { StandardOutput.print(ReportText(report: report, palette: palette).text) }
        try ExitStatus(report).leave()
    }
}
