import CPostgreSQL
import Foundation

/// Asks a server to stop a statement, over a connection of its own.
enum Cancellation {
    /// How long to wait for the server to take the request, in seconds.
    private static let patience = 1.0

    /// A request to send once.
    private struct Request: @unchecked Sendable {
        // Unchecked because only the thread that sends it uses it.
        let pointer: OpaquePointer
    }

    /// Sends the request, and waits a moment for it to arrive: a process that ends at once would leave the statement running.
    static func send(for connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return }
        let request = Request(pointer: pointer)
        let isSent = DispatchSemaphore(value: 0)
        // PQcancel blocks for as long as the network does.
        Thread {
            var message = [CChar](repeating: 0, count: 256)
            _ = PQcancel(request.pointer, &message, Int32(message.count))
            PQfreeCancel(request.pointer)
            isSent.signal()
        }.start()
        _ = isSent.wait(timeout: .now() + patience)
    }
}
