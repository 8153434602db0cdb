import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sorts the errors of the network stack by the one question that matters: can the request have arrived?
extension HTTPClientTransport {
    /// What to tell the executor: a ``TransportFailure``, or that the task was cancelled.
    static func failure(_ error: any Error, answerLimit: Int) -> any Error {
        #if canImport(Network)
            if error is HTTPClient.NWTLSError { return TransportFailure.tls("the certificate or the handshake failed") }
        #endif
        return switch error {
        case is CancellationError: error
        case let error as HTTPClientError: failure(error)
        case let error as NIOConnectionError: TransportFailure.unreachable(reason(error))
        case is SocketAddressError: TransportFailure.unreachable("the host name doesn't resolve")
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit: TransportFailure.answerTooLarge(limit: answerLimit)
        case NIOSSLError.uncleanShutdown: TransportFailure.connectionLost("closed without notice")
        case NIOSSLError.handshakeFailed: TransportFailure.tls("the handshake failed; the certificate may not be trusted")
        case is NIOSSLExtraError: TransportFailure.tls("the certificate is for another host")
        case is NIOSSLError: TransportFailure.tls("the certificate could not be checked")
        case let error as IOError: failure(systemError: error.errnoCode)
        default: TransportFailure.connectionLost("\(type(of: error))")
        }
    }

    private static func failure(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .alreadyShutdown: TransportFailure.unreachable("the client was shut down")
        case .connectTimeout: TransportFailure.unreachable("nobody answered within 15 s")
        case .tlsHandshakeTimeout: TransportFailure.unreachable("the TLS handshake took too long")
        case .getConnectionFromPoolTimeout: TransportFailure.unreachable("no connection came free")
        case .invalidURL, .emptyHost, .emptyScheme: TransportFailure.unreachable("the URL can't be used")
        case .deadlineExceeded, .readTimeout, .writeTimeout: TransportFailure.timedOut
        default: TransportFailure.connectionLost(error.shortDescription)
        }
    }

    private static func failure(systemError code: CInt) -> TransportFailure {
        switch code {
        case ECONNREFUSED: .unreachable("nobody listens there")
        case ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, EADDRNOTAVAIL: .unreachable("the network doesn't reach the host")
        case ECONNRESET, EPIPE, ECONNABORTED: .connectionLost("the other side hung up")
        default: .connectionLost("system error \(code)")
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        if error.connectionErrors.isEmpty { return "the host name \(error.host) doesn't resolve" }
        return "nobody answers at \(error.host), port \(error.port)"
    }
}
