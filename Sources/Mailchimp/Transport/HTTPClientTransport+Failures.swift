import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import NetworkSettings

/// Sorts the errors of the network stack by the one question that matters: can the request have arrived?
extension HTTPClientTransport {
    /// Translates an error into ``TransportFailure`` or `CancellationError`.
    static func failure(_ error: any Error, responseLimit: Int) -> any Error {
        #if canImport(Network)
            if error is HTTPClient.NWTLSError { return TransportFailure.tls("the certificate or the handshake failed") }
        #endif
        return switch error {
        case is CancellationError: error
        case let error as HTTPClientError: failure(error)
        case let problem as NetworkProblem: TransportFailure.tls(problem.message)
        case let error as NIOConnectionError: TransportFailure.unreachable(reason(error))
        case is SocketAddressError: TransportFailure.unreachable("the host name does not resolve")
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit: TransportFailure.responseTooLarge(limit: responseLimit)
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
        case .proxyAuthenticationRequired:
            TransportFailure.tls("the proxy wants a user and a password; write them into HTTPS_PROXY as http://user:password@host:port")
        case .invalidProxyResponse: TransportFailure.unreachable("the proxy refused to connect to Mailchimp")
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: TransportFailure.unreachable("the proxy took too long")
        case .alreadyShutdown: TransportFailure.unreachable("the client was shut down")
        case .connectTimeout: TransportFailure.unreachable("no connection within 15 s")
        case .tlsHandshakeTimeout: TransportFailure.unreachable("the TLS handshake took too long")
        case .getConnectionFromPoolTimeout: TransportFailure.unreachable("no connection became free")
        case .invalidURL, .emptyHost, .emptyScheme: TransportFailure.unreachable("the URL is unusable")
        case .deadlineExceeded, .readTimeout, .writeTimeout: TransportFailure.timedOut
        default: TransportFailure.connectionLost(error.shortDescription)
        }
    }

    private static func failure(systemError code: CInt) -> TransportFailure {
        switch code {
        case ECONNREFUSED: .unreachable("connection refused")
        case ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, EADDRNOTAVAIL: .unreachable("the host is unreachable")
        case ECONNRESET, EPIPE, ECONNABORTED: .connectionLost("closed by the server")
        default: .connectionLost("system error \(code)")
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        if error.connectionErrors.isEmpty { return "the host name \(error.host) does not resolve" }
        return "nothing responds at \(error.host), port \(error.port)"
    }
}
