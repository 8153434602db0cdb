import Foundation
import HooklineCore
import Testing

@Suite("The buckets")
struct BucketsTests {
    @Test("add up every outcome of a row, including hooks' reasons")
    func total() throws {
        let json = """
            {"in_segment":812,"dropped_by_rules":60,"dropped_by_hook":{"not in France":20,"no consent":1},"no_email":2,"bad_email":1,
             "duplicate":3,"not_a_contact":5,"rejected":4,"bad_value":6}
            """
        let buckets = try JSONDecoder().decode(Buckets.self, from: Data(json.utf8))
        #expect(buckets.total == 812 + 60 + 20 + 1 + 2 + 1 + 3 + 5 + 4 + 6)
    }
}
