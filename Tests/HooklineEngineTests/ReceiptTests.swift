import HooklineCore
import Mailchimp
import Testing

@testable import HooklineEngine

@Suite("The receipt of a call")
struct ReceiptTests {
    private func list(_ addresses: [String]) -> AddressList {
        var list = AddressList()
        for address in addresses { list.append(address) }
        return list
    }

    private func receipt(_ adds: [String], _ removes: [String] = [], of change: MembershipChange) throws -> Receipt {
        let batch = BatchPlan(adds: list(adds), removes: list(removes))
        return Receipt(batch, change, sent: try #require(MemberBatch(add: adds, remove: removes)))
    }

    private func addresses(_ list: AddressList) -> [String] { list.addresses(0..<list.count) }

    @Test("counts whom the answer does not name as no contacts, whatever the case of its letters")
    func notContacts() throws {
        var change = MembershipChange()
        change.added = ["Two@Example.com"]
        change.alreadyMembers = ["four@example.com"]
        let receipt = try receipt(["one@example.com", "two@example.com", "three@example.com", "four@example.com"], of: change)
        #expect(addresses(receipt.members) == ["two@example.com", "four@example.com"])
        #expect(addresses(receipt.notContacts) == ["one@example.com", "three@example.com"])
        #expect(receipt.rejected.isEmpty && receipt.gone.isEmpty)
    }

    @Test("knows a rejected address in another spelling, and keeps Mailchimp's words")
    func rejected() throws {
        var change = MembershipChange()
        change.added = ["one@example.com"]
        change.rejected = [
            MembershipChange.Rejection(address: "TWO@example.com", message: "looks fake"),
            MembershipChange.Rejection(address: "three@example.com", message: "not you"),
        ]
        let receipt = try receipt(["one@example.com", "two@example.com"], ["three@example.com", "four@example.com"], of: change)
        #expect(receipt.rejected.map(\.address) == ["two@example.com"])
        #expect(receipt.rejected.map(\.reason) == ["looks fake"])
        #expect(receipt.notContacts.isEmpty)
        #expect(receipt.gone == [SubscriberHash(of: "four@example.com")])
    }

    @Test("does not say of a removal that was refused that it is out")
    func unremovable() throws {
        var change = MembershipChange()
        change.added = ["one@example.com"]
        change.rejected = [MembershipChange.Rejection(address: "three@example.com", message: "not you")]
        let receipt = try receipt(["one@example.com"], ["two@example.com", "three@example.com"], of: change)
        #expect(receipt.gone == [SubscriberHash(of: "two@example.com")])
        #expect(receipt.unremovable.map(\.address) == ["three@example.com"] && receipt.unremovable.map(\.reason) == ["not you"])
        #expect(receipt.rejected.isEmpty && !receipt.isOfCulprit)
    }

    @Test("of removals alone says that they are out, named or not")
    func removals() throws {
        let receipt = try receipt([], ["one@example.com"], of: MembershipChange())
        #expect(receipt.gone == [SubscriberHash(of: "one@example.com")])
        #expect(receipt.members.isEmpty)
    }
}
