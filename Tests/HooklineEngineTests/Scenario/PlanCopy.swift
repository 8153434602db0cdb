import Foundation
import HooklineCore

/// A plan that went through a file.
enum PlanCopy {
    static func of(_ plan: Plan) throws -> Plan {
        try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan))
    }
}
