import NIOCore
import NIOPosix

/// A server on this machine that sends the same bytes in response to every request.
final class LoopbackServer: Sendable {
    /// What it does when a request has arrived.
    enum Manner: Sendable {
        /// Sends these bytes and keeps the connection open.
        case responds([UInt8])
        /// Sends these bytes, possibly none, and closes the connection.
        case hangsUpAfter([UInt8])
    }

    private let channel: any Channel
    /// Every byte received.
    let received: Shared<[UInt8]>

    static func start(_ manner: Manner) async throws -> LoopbackServer {
        let received = Shared<[UInt8]>([])
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Responding(manner: manner, received: received))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LoopbackServer(channel: channel, received: received)
    }

    private init(channel: any Channel, received: Shared<[UInt8]>) {
        self.channel = channel
        self.received = received
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    func stop() async throws { try await channel.close() }
}

private final class Responding: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: LoopbackServer.Manner
    private let received: Shared<[UInt8]>

    init(manner: LoopbackServer.Manner, received: Shared<[UInt8]>) {
        self.manner = manner
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        received.change { $0 += bytes }
        // A request is complete at a blank line or the end of its JSON; a TLS handshake begins with 0x16.
        guard bytes.suffix(4) == Array("\r\n\r\n".utf8)[...] || bytes.last == UInt8(ascii: "}") || bytes.first == 0x16 else { return }
        let (response, hangsUp) =
            switch manner {
            case .responds(let response): (response, false)
            case .hangsUpAfter(let response): (response, true)
            }
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: response))).whenComplete { _ in
            if hangsUp { loopBound.value.close(promise: nil) }
        }
    }
}
