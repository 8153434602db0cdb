import NIOCore
import NIOHTTP1
import NIOPosix

/// A simulated Mailchimp account behind an HTTP port of this machine.
///
/// The API is below `/3.0`, as at Mailchimp. The server also has pages of its own, which need no key, for tests and for people who
/// want to look: `GET /_simulator/journal`, `GET /_simulator/segments`, and `POST /_simulator/contacts`. It prints and logs nothing.
package final class SimulatorServer: Sendable {
    package let port: Int
    package let key: String
    /// The OAuth access token.
    package let token: String
    /// The ID of the audience with the contacts.
    package let audience: String
    /// What was in the contacts file; nil without one.
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

    /// `http://127.0.0.1:PORT`, the `api_endpoint` in OAuth metadata.
    package var origin: String { "http://\(host):\(port)" }

    /// `http://127.0.0.1:PORT/3.0`, the base URL for clients.
    package var baseURL: String { origin + "/3.0" }

    /// The line to print once it listens.
    package var listeningLine: String { "listening on \(baseURL) key \(key) audience \(audience)" }

    /// Runs a closure with exclusive access to the account: to inspect it, change a contact, or arrange a fault.
    package func withAccount<Result: Sendable>(_ work: (inout SimulatedAccount) -> Result) -> Result {
        account.withAccount(work)
    }

    /// The calls so far.
    package var journal: Journal { withAccount { $0.journal } }

    /// The segments of the audience with all members, including those that the API hides.
    package var segments: [SegmentView] { withAccount { $0.segmentViews } }
}

extension SimulatorServer {
    /// Starts a server and returns once it listens.
    ///
    /// - Parameters:
    ///   - options: the account.
    ///   - host: the host name or IP address to listen on.
    ///   - port: the port to listen on; 0 takes a free one.
    /// - Returns: the listening server.
    /// - Throws: ``SimulatorError`` `simulator.port_unavailable`, and what `SimulatedAccount.init` throws.
    package static func start(_ options: SimulatorOptions, host: String = "127.0.0.1", port: Int = 0) async throws -> SimulatorServer {
        let account = SharedAccount(try SimulatedAccount(options))
        guard let listener = try? await listen(host, port), let boundPort = listener.channel.localAddress?.port else {
            throw SimulatorError(
                .portUnavailable, at: "--port",
                "the simulator cannot listen on port \(port) of \(host); choose another port, or 0 for any free one")
        }
        let handler = RequestHandler(account: account)
        let task = Task {
            try await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections { group.addTask { await handler.serve(connection) } }
                    group.cancelAll()
                }
            }
        }
        return SimulatorServer(account, host: host, port: boundPort, running: task)
    }

    private static func listen(_ host: String, _ port: Int) async throws -> NIOAsyncChannel<RequestHandler.Connection, Never> {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(AcceptErrorHandler()) }
            }
            // A client may send its last request and close its side.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    return try RequestHandler.Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Keeps the server listening when one connection cannot be accepted, for lack of file descriptors, say.
    private final class AcceptErrorHandler: ChannelInboundHandler {
        typealias InboundIn = any Channel

        func errorCaught(context: ChannelHandlerContext, error: any Error) {}
    }

    /// Closes all connections without waiting for answers that are due, and returns once the server has stopped listening.
    package func stop() async {
        running.cancel()
        _ = await running.result
    }

    /// Serves until the current task is canceled, then stops.
    package func run() async {
        await withTaskCancellationHandler {
            _ = await running.result
        } onCancel: {
            running.cancel()
        }
    }
}
