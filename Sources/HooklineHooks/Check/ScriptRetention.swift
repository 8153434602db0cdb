import Lua

/// Whether a package's code may keep something from one row to the next.
struct ScriptRetention {
    /// The first place where it may, in words; nil if it cannot.
    let text: String?

    init(_ package: ScriptPackage, _ outlines: [(file: ScriptPackage.File, outline: LuaOutline)]) {
        // A script that another file requires is in that file's hands, its `setup` included.
        let required = outlines.flatMap(\.outline.accesses).filter { $0.root == .globals && $0.path == ["require"] }
        let names = required.compactMap { access -> String? in if case .call(let text) = access.kind { text } else { nil } }
        // Under another name, it might load anything.
        let areKnown = 2 * names.count == required.count
        for (file, outline) in outlines {
            let isSafe = areKnown && package.scripts.contains(file.path) && !names.contains(file.module)
            if let found = outline.retentions.filter({ !($0.isInSetUp && isSafe && $0.kind.isOfSetUp) }).min(by: { $0.line < $1.line }) {
                text = "\(file.path):\(found.line) \(found.kind.words)"
                return
            }
        }
        text = nil
    }
}

extension LuaRetention.Kind {
    /// Whether `setup` may do it: it runs before the first row.
    fileprivate var isOfSetUp: Bool {
        switch self {
        case .variable, .table: true
        case .alias, .iterator: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .variable(let name): "assigns '\(name)', which is declared outside the function"
        case .table: "changes a table that it may share with other rows"
        case .alias(let name): "uses '\(name)' other than by its full name"
        case .iterator(let name): "uses '\(name)' outside a for loop"
        }
    }
}
