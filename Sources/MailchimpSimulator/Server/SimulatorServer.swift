import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A simulated Mailchimp account that listens on this machine.
///
/// The API is below `/3.0`, as at Mailchimp. Beside it stand pages that Mailchimp doesn't have, without a key, for tests
/// and for people who want to look: `GET /_simulator/journal`, `GET /_simulator/segments`, `POST /_simulator/contacts`.
/// The server prints and logs nothing.
package final class SimulatorServer: Sendable {
    /// The port on which it listens.
    package let port: Int
    /// The API key that it accepts.
    package let key: String
    /// The OAuth access token that it accepts.
    package let token: String
    /// The audience with the contacts.
    package let audience: String
    /// What the contacts file held, if there was one.
    package let contactsFile: ContactsFile.Summary?

    private let host: String
    private let account: SharedAccount
    private let running: Task<Void, any Error>

    private init(_ account: SharedAccount, host: String, port: Int, running: Task<Void, any Error>) {
        let options = account.withAccount { $0.options }
        self.host = host
        self.port = port
        self.account = account
        self.running = running
        key = options.key
        token = options.token
        audience = options.audience
        contactsFile = account.withAccount { $0.contactsFile }
    }

    /// `http://127.0.0.1:PORT`: what OAuth metadata gives as `api_endpoint`.
    package var origin: String { "http://\(host):\(port)" }

    /// `http://127.0.0.1:PORT/3.0`: what a client takes as its base.
    package var baseURL: String { origin + "/3.0" }

    /// The one line to print when it listens.
    package var listeningLine: String { "listening on \(baseURL) key \(key) audience \(audience)" }

    /// Does something with the account, alone: looks into it, changes a contact, arranges a fault.
    package func withAccount<Result: Sendable>(_ work: (inout SimulatedAccount) -> Result) -> Result {
        account.withAccount(work)
    }

    /// What it was asked so far.
    package var journal: Journal { withAccount { $0.journal } }

    /// The segments of the audience with all their members, hidden ones too.
    package var segments: [SegmentView] { withAccount { $0.segmentViews } }
}

extension SimulatorServer {
    /// Starts a server and returns when it listens.
    ///
    /// - Parameters:
    ///   - options: the account.
    ///   - host: the address to listen at.
    ///   - port: 0 picks a free one.
    /// - Returns: the server, listening.
    /// - Throws: ``SimulatorError`` `simulator.port_unavailable`, or what is wrong with the contacts.
    package static func start(_ options: SimulatorOptions, host: String = "127.0.0.1", port: Int = 0) async throws -> SimulatorServer {
        let account = SharedAccount(try SimulatedAccount(options))
        let (announcement, announce) = AsyncStream.makeStream(of: (any Channel).self)
        let service = try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(address: .hostname(host, port: port), backlog: 1024),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() },
            responder: RequestHandler(account: account).respond,
            onServerRunning: { announce.yield($0) }
        )
        let task = Task {
            defer { announce.finish() }
            try await service.run()
        }
        var announcements = announcement.makeAsyncIterator()
        guard let channel = await announcements.next(), let boundPort = channel.localAddress?.port else {
            task.cancel()
            throw SimulatorError(
                .portUnavailable, at: "--port",
                "the simulator can't listen on port \(port) of \(host); choose another, or 0 for any that is free")
        }
        return SimulatorServer(account, host: host, port: boundPort, running: task)
    }

    /// Closes all connections, without waiting for answers that are still due, and returns when it listens no more.
    package func stop() async {
        running.cancel()
        _ = await running.result
    }

    /// Serves until the surrounding task is cancelled, then stops.
    package func run() async {
        await withTaskCancellationHandler {
            _ = await running.result
        } onCancel: {
            running.cancel()
        }
    }
}
