import Testing
import Text

@Suite("The nearest name")
struct NearestNameTests {
    private let columns = ["email", "country", "lifetime_value", "id"]

    @Test(
        "is the one that someone probably meant",
        arguments: [("emial", "email"), ("Country", "country"), ("lifetime_vale", "lifetime_value"), ("di", "id")])
    func slips(_ name: String, _ meant: String) {
        #expect(NearestName.of(name, among: columns) == meant)
        #expect(NearestName.hint(name, among: columns) == "; did you mean '\(meant)'?")
    }

    @Test(
        "may be what the name begins with, the longest such", arguments: [("lenght", "len"), ("substring", "sub"), ("subscript", "subs")])
    func beginnings(_ name: String, _ meant: String) {
        #expect(NearestName.of(name, among: ["len", "sub", "su", "rep"] + (name == "subscript" ? ["subs"] : [])) == meant)
    }

    @Test("is none when nothing is near", arguments: ["plan", "", "zzzzzz", "lifetime"])
    func strangers(_ name: String) {
        #expect(NearestName.of(name, among: columns) == nil)
        #expect(NearestName.hint(name, among: columns).isEmpty)
    }
}
