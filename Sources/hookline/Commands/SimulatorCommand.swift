import ArgumentParser
import Foundation
import MailchimpSimulator

/// `hookline simulator`.
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulator", abstract: "Simulate Mailchimp on a port of this machine.",
        discussion: Examples.text(
            "simulator", "simulator --port 0 --contacts 5000 --latency 300ms",
            after: """
                Set a destination's base_url, api_key and audience to what the first line of output says.
                GET /_simulator/journal and /_simulator/segments show what it was asked and what it holds.
                """))

    @Option(help: "The port; 0 picks a free one.")
    var port = 8089

    @Option(help: ArgumentHelp("Make this many contacts: user0000001@example.com, and so on.", valueName: "n"))
    var contacts: Int?

    @Option(help: ArgumentHelp("Take the contacts from a CSV file with the columns email,status.", valueName: "file"))
    var contactsFile: String?

    @Option(help: "The audience's ID.")
    var audience = SimulatorOptions.defaultAudience

    @Option(help: "How long every answer takes, such as 300ms or 1.5s.")
    var latency: String?

    @Option(help: ArgumentHelp("What goes wrong, and how often, such as 429=2% or lost=0.5%; may be repeated.", valueName: "kind=rate"))
    var fault: [String] = []

    @Option(help: "The seed for everything that looks random.")
    var seed: UInt64 = 1

    @Option(help: "The API key that it accepts; what follows the last dash is the data center.")
    var key = SimulatorOptions.defaultKey

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if contacts != nil && contactsFile != nil { throw ValidationError("--contacts and --contacts-file exclude each other") }
        if !(0...65_535).contains(port) { throw ValidationError("--port takes a number from 0 to 65535") }
        if let contacts, !(0...100_000_000).contains(contacts) { throw ValidationError("--contacts takes a number from 0 to 100000000") }
        if audience.isEmpty || !audience.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            throw ValidationError("--audience takes letters and digits, such as a1b2c3d4e5")
        }
    }

    func run() async throws {
        try await options.reporting {
            let server = try await SimulatorServer.start(try simulatorOptions(), port: port)
            StandardOutput.print(server.listeningLine)
            // A reader at the other end of a pipe waits for this line.
            fflush(nil)
            if let summary = server.contactsFile, summary.duplicates > 0 {
                StandardError.print("contacts file: \(summary.duplicates) lines repeat an address; the last of them counts")
            }
            try await Interruption.cancelling { await server.run() }
        }
    }

    private func simulatorOptions() throws -> SimulatorOptions {
        var simulator = SimulatorOptions()
        simulator.seed = seed
        simulator.key = key
        simulator.audience = audience
        simulator.faults = try fault.map { try SimulatorOptions.Fault.parse($0) }
        if let latency { simulator.latency = try .simulator(latency) }
        if let contactsFile {
            simulator.contacts = .file(try ContactsFile(path: contactsFile))
        } else {
            simulator.contacts = .seeded(contacts ?? 1_000)
        }
        return simulator
    }
}
