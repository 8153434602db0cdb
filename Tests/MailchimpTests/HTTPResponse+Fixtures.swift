import JSON

@testable import Mailchimp

extension HTTPResponse {
    /// A success with a JSON body.
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json; charset=utf-8", requestID: "req-1", body: Array(text.utf8))
    }

    /// A failure as Mailchimp writes it.
    static func problem(_ status: Int, _ title: String, _ detail: String, fields: [(name: String, message: String)] = []) -> HTTPResponse {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "https://mailchimp.com/developer/marketing/docs/errors/")
            json.field("title", title)
            json.field("detail", detail)
            json.field("instance", "req-2")
            json.key("status")
            json.value(status)
            guard !fields.isEmpty else { return }
            json.key("errors")
            json.array { json in
                for field in fields {
                    json.object { json in
                        json.field("field", field.name)
                        json.field("message", field.message)
                    }
                }
            }
        }
        return HTTPResponse(status: status, contentType: "application/problem+json; charset=utf-8", requestID: "req-2", body: json.bytes)
    }

    /// A page that a firewall shows instead of the API.
    static func html(_ status: Int) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/html", body: Array("<html><body>Request Blocked</body></html>".utf8))
    }

    /// The failure of a membership call without a single contact in these fields.
    static func allUnknown(_ fields: String...) -> HTTPResponse {
        problem(
            400, "Invalid Resource", "The resource submitted could not be validated.",
            fields: fields.map { ($0, "None of the emails provided were subscribed to the list") })
    }

    /// The response to a membership call.
    static func membership(added: [String] = [], removed: [String] = [], errors: [(addresses: [String], text: String)] = []) -> HTTPResponse
    {
        var json = JSONWriter()
        json.object { json in
            for (key, addresses) in [("members_added", added), ("members_removed", removed)] {
                json.key(key)
                json.array { json in
                    for address in addresses { member(address, &json) }
                }
            }
            json.key("errors")
            json.array { json in
                for error in errors {
                    json.object { json in
                        json.field("email_addresses", error.addresses)
                        json.field("error", error.text)
                    }
                }
            }
            for (key, count) in [("total_added", added.count), ("total_removed", removed.count), ("error_count", errors.count)] {
                json.key(key)
                json.value(count)
            }
            json.field("_links", [])
        }
        return HTTPResponse(status: 200, contentType: "application/json; charset=utf-8", requestID: "req-1", body: json.bytes)
    }

    private static func member(_ address: String, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", "0")
            json.field("email_address", address)
            json.key("merge_fields")
            json.object { $0.field("FNAME", "") }
            json.field("tags", [])
        }
    }
}
