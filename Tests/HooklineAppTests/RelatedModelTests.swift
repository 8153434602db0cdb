import HooklineApp
import HooklineCore
import Testing

@Suite("A model with relations")
struct RelatedModelTests {
    private func bench(_ rule: String, _ calculated: String = "", _ body: (Workbench) async throws -> Void) async throws {
        try await Workbench.with { bench in
            try bench.write(
                "hookline.yaml",
                bench.manifest.replacing(
                    "destinations:",
                    with: "  orders: { type: csv, path: data/orders.csv }\n  items: { type: csv, path: data/items.csv }\ndestinations:")
                        + """
                        models:
                          customers:
                            source: shop
                            primary_key: id
                            relations: { orders: { model: orders, on: { id: customer } } }
                            calculated: { \(calculated) }
                          orders:
                            source: orders
                            columns: { total: decimal, placed: timestamp }
                            relations: { items: { model: items, on: { number: order } } }
                          items: { source: items, columns: { price: decimal } }

                        """)
            try bench.write(
                "data/orders.csv",
                "number,customer,total,placed\na,1,60,2026-01-02\nb,1,70,2026-01-03\nc,2,80,2026-01-04\nd,2,10,2026-01-05\ne,3,90,2020-01-01\n"
            )
            try bench.write("data/items.csv", "order,price\na,50\nc,70\nc,5\n")
            try bench.write(
                "activations/vip/activation.yaml",
                """
                hookline: 1
                name: vip
                model: customers
                segment: { name: Segment vip, where: \(rule) }
                destination: newsletter
                mapping: { email: email }

                """)
            try await body(bench)
        }
    }

    @Test(
        "picks rows by what is made of their related rows",
        arguments: [
            ("{ relation: orders, op: '>=', value: 2, where: { field: total, op: '>', value: 50 } }", [1]),
            ("{ relation: orders, op: '=', value: 0 }", [4, 5, 6, 7, 8, 9, 10]), ("{ relation: orders }", [1, 2, 3]),
            ("{ relation: orders, aggregate: sum, field: total, op: '>', value: 100 }", [1]),
            ("{ relation: orders, where: { relation: items, op: '>', value: 1 } }", [2]),
            ("{ relation: orders, where: { relation: items, aggregate: max, field: price, op: '>=', value: 50 } }", [1, 2]),
            ("{ field: spent, op: '=', value: 90 }", [2, 3]), ("{ field: spent, op: is_null }", [4, 5, 6, 7, 8, 9, 10]),
            ("{ relation: orders, by: placed, within_days: 100000, op: '=', value: 1 }", [3]),
        ])
    func picks(_ rule: String, _ users: [Int]) async throws {
        try await bench(rule, "spent: { relation: orders, aggregate: sum, field: total }") { bench in
            let reports = try await bench.run("vip", isConfirmed: true)
            #expect(reports.map(\.outcome) == [.done])
            #expect(bench.members(of: "vip") == users.flatMap { addresses($0...$0) }.sorted(), "\(rule)")
        }
    }

    @Test(
        "says what is wrong with a relation, and where",
        arguments: [
            ("{ relation: order }", "manifest.unknown_relation"),
            ("{ relation: orders, aggregate: sum, op: '>', value: 1 }", "manifest.missing_key"),
            ("{ relation: orders, field: total }", "manifest.conflicting_keys"),
            ("{ relation: orders, within_days: 3 }", "manifest.missing_key"),
            ("{ relation: orders, aggregate: last, field: total, op: is_null }", "manifest.missing_key"),
            ("{ relation: orders, by: placed }", "manifest.conflicting_keys"),
            ("{ relation: orders, aggregate: max, field: total }", "manifest.missing_key"),
            ("{ relation: orders, where: { relation: item } }", "manifest.unknown_relation"),
            ("{ relation: orders, where: { field: totl, op: is_null } }", "manifest.unknown_column"),
        ])
    func mistakes(_ rule: String, _ code: String) async throws {
        try await bench(rule) { bench in
            let issues = try await bench.app.check(CheckRequest(["vip"])).issues
            #expect(issues.filter { $0.severity == .error }.map(\.code) == [code], "\(rule): \(issues)")
        }
    }
}
