/// A refusal in Mailchimp's words: an RFC 7807 problem document.
///
/// Titles and details come from Mailchimp's error glossary (mailchimp.com/developer/marketing/docs/errors/) and from recorded
/// answers. Where neither has a text, a comment says so.
struct Problem: Error, Equatable {
    struct FieldError: Equatable {
        var field: String
        var message: String
    }

    var status: Int
    var title: String
    var detail: String
    var errors: [FieldError] = []
    /// The methods that a 405 lists in its `Allow` header.
    var allow: [String] = []

    static let documentationType = "https://mailchimp.com/developer/marketing/docs/errors/"

    func body(instance: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("type")
            writer.value(Self.documentationType)
            writer.key("title")
            writer.value(title)
            writer.key("status")
            writer.value(status)
            writer.key("detail")
            writer.value(detail)
            writer.key("instance")
            writer.value(instance)
            if !errors.isEmpty { write(errors, to: &writer) }
        }
        return writer.bytes
    }

    private func write(_ errors: [FieldError], to writer: inout JSONWriter) {
        writer.key("errors")
        writer.array { writer in
            for error in errors {
                writer.object { writer in
                    writer.key("field")
                    writer.value(error.field)
                    writer.key("message")
                    writer.value(error.message)
                }
            }
        }
    }
}

extension Problem {
    static let keyMissing = Problem(status: 401, title: "API Key Missing", detail: "Your request did not include an API key.")

    static let keyInvalid = Problem(
        status: 401, title: "API Key Invalid",
        detail: "Your API key may be invalid, or you've attempted to access the wrong datacenter.")

    static func wrongDataCentre(_ name: some StringProtocol) -> Problem {
        Problem(status: 403, title: "Forbidden", detail: "The API key provided is linked to datacenter '\(name)'")
    }

    static let notFound = Problem(status: 404, title: "Resource Not Found", detail: "The requested resource could not be found.")

    static func methodNotAllowed(allow: [String]) -> Problem {
        Problem(
            status: 405, title: "Method Not Allowed",
            detail: "The requested method and resource are not compatible. See the Allow header for this resource's available methods.",
            allow: allow)
    }

    static let tooManyRequests = Problem(
        status: 429, title: "Too Many Requests", detail: "You have exceeded the limit of 10 simultaneous connections.")

    static let internalError = Problem(
        status: 500, title: "Internal Server Error",
        detail: "An unexpected internal error has occurred. Please contact Support for more information.")

    // The glossary has no ordinary 503 in JSON; title and detail are the simulator's.
    static let unavailable = Problem(
        status: 503, title: "Service Unavailable", detail: "The service is temporarily unavailable. Please try again later.")

    static let badRequest = Problem(status: 400, title: "Bad Request", detail: "Your request could not be processed.")

    static let jsonParseError = Problem(
        status: 400, title: "JSON Parse Error", detail: "We encountered an unspecified JSON parsing error.")

    static let tooManyMembers = Problem(
        status: 400, title: "Invalid Resource",
        detail:
            "Maximum allowed member items exceeded, please provide at most 500 items in members_to_add field or members_to_remove field")

    static let nameTaken = Problem(status: 400, title: "Bad Request", detail: "Sorry, that tag already exists.")

    static let neitherOptionsNorStatic = Problem(
        status: 400, title: "Invalid Resource", detail: "Must provide either an \"options\" field or a \"static_segment\" field")

    static func notStatic(_ id: Int) -> Problem {
        Problem(
            status: 400, title: "Bad Request", detail: "A Static Segment with an id of \"\(id)\" does not exist for this list.")
    }

    static func invalid(_ field: String, _ message: String) -> Problem {
        Problem(
            status: 400, title: "Invalid Resource",
            detail: "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
            errors: [FieldError(field: field, message: message)])
    }

    static func noneSubscribed(field: String) -> Problem {
        .invalid(field, "None of the emails provided were subscribed to the list")
    }

    static func malformed(_ addresses: [String], in field: String) -> Problem {
        .invalid(field, "Invalid email addresses given in \(field): \(addresses.joined(separator: ", "))")
    }

    /// For calls that the simulator does not support; Mailchimp never sends this.
    static func notSimulated(_ what: String) -> Problem {
        Problem(status: 501, title: "Not Simulated", detail: "The simulator does not support \(what).")
    }
}
