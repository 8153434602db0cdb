import Foundation
import Testing

@testable import Mailchimp

@Suite("A credential")
struct CredentialEchoTests {
    @Test("is removed from whatever a server echoes", arguments: ["key K", "K and K", "Basic B", "KK", "nothing"])
    func echo(_ words: String) {
        let key = "0badc0de0badc0de0badc0de0badc0de-us21"
        let credential = Credential.apiKey(key)
        let sent = String(credential.authorization.dropFirst("Basic ".count))
        let body = words.replacing("K", with: key).replacing("B", with: sent)
        let response = credential.redacting(HTTPResponse(status: 401, body: Array(body.utf8)))
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(!text.contains(key) && !text.contains(sent))
        #expect(words != "nothing" || text == words)
    }

    @Test("is not sent to a port that does not exist", arguments: [0, 65_536, 99_999])
    func port(_ port: Int) {
        #expect(throws: MailchimpError.self) { try Endpoint(baseURL: "http://127.0.0.1:\(port)/3.0") }
    }
}
