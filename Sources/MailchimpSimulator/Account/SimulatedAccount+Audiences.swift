extension SimulatedAccount {
    /// `GET /`: information about the account.
    func root(_ exchange: Exchange) -> Reply {
        let selection = exchange.query.selection
        return .json { writer in
            writer.field("account_id", "51a0000000000000000000001", of: selection)
            writer.field("login_id", "1", of: selection)
            writer.field("account_name", "Simulated account", of: selection)
            writer.field("email", "owner@example.com", of: selection)
            writer.field("role", "owner", of: selection)
            writer.field("pricing_plan_type", "monthly", of: selection)
            writer.field("total_subscribers", audiences.reduce(0) { $0 + $1.contacts.contacts(.subscribed).count }, of: selection)
            writer.links(of: selection, self: exchange.apiRoot + "/", schema: "Root")
        }
    }

    /// `GET /lists`: a page of the audiences.
    func listAudiences(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let shown = try Page(exchange.query).cut(audiences)
        exchange.effect.itemsListed = shown.count
        let settled = exchange
        return .json { writer in
            let selection = settled.query.selection
            writer.field("lists", of: selection) { writer, selection in
                writer.array { writer in
                    for audience in shown {
                        writer.object { audience.write(to: &$0, selection, settled) }
                    }
                }
            }
            writer.field("total_items", audiences.count, of: selection)
            writer.field(
                "constraints",
                raw: #"{"may_create":false,"max_instances":\#(audiences.count),"current_total_instances":\#(audiences.count)}"#,
                of: selection)
            writer.links(of: selection, self: settled.apiRoot + "/lists", schema: "Lists")
        }
    }
}
