import HooklineCore

/// The columns' paths as a tree of keys, which is traversed in parallel with each object.
///
/// A dotted name also matches a top-level key: `{"address.country": …}` and `{"address": {"country": …}}` both give the column
/// `address.country`.
final class JSONLPaths {
    /// A node of the tree; the root has index 0. Children are a linked list.
    private struct Node {
        let key: UnsafeMutableBufferPointer<UInt8>
        var column: Int?
        var firstChild: Int?
        var nextSibling: Int?
        /// The child that probably comes next, because objects repeat the order of their keys.
        var guess: Int?
    }

    /// Manually allocated, because every change to an array in a class is checked for exclusive access.
    private let nodes: UnsafeMutableBufferPointer<Node>
    private var used = 0

    /// Builds the tree from the columns' paths, in order.
    init(_ names: [String]) {
        let paths = names.map { name in
            name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
        }
        nodes = .allocate(capacity: paths.reduce(1 + names.count) { $0 + $1.count })
        newNode([])
        for (index, path) in paths.enumerated() {
            add([Array(names[index].utf8)], index)
            if path.count > 1 { add(path, index) }
        }
    }

    deinit {
        for node in 0..<used { nodes[node].key.deallocate() }
        nodes.deallocate()
    }

    /// The child of a node for a key; nil if no path continues there.
    func child(of node: Int, _ key: UnsafeBufferPointer<UInt8>) -> Int? {
        if let guess = nodes[node].guess, equal(nodes[guess].key, key) { return found(guess, in: node) }
        var child = nodes[node].firstChild
        while let candidate = child {
            if equal(nodes[candidate].key, key) { return found(candidate, in: node) }
            child = nodes[candidate].nextSibling
        }
        return nil
    }

    /// The index of the column at a node; nil if there is none.
    func column(at node: Int) -> Int? { nodes[node].column }

    /// Whether there are columns below a node.
    func leadsOn(_ node: Int) -> Bool { nodes[node].firstChild != nil }

    /// The indexes of the columns below a node.
    func columns(below node: Int) -> [Int] {
        var columns: [Int] = []
        var child = nodes[node].firstChild
        while let next = child {
            columns += (nodes[next].column.map { [$0] } ?? []) + self.columns(below: next)
            child = nodes[next].nextSibling
        }
        return columns
    }

    private func found(_ child: Int, in node: Int) -> Int {
        nodes[node].guess = nodes[child].nextSibling ?? nodes[node].firstChild
        return child
    }

    private func add(_ path: [[UInt8]], _ column: Int) {
        var node = 0
        for key in path {
            node = key.withUnsafeBufferPointer { child(of: node, $0) } ?? newChild(of: node, key)
        }
        nodes[node].column = column
    }

    private func newChild(of node: Int, _ key: [UInt8]) -> Int {
        let child = newNode(key)
        guard var last = nodes[node].firstChild else {
            nodes[node].firstChild = child
            return child
        }
        while let next = nodes[last].nextSibling { last = next }
        nodes[last].nextSibling = child
        return child
    }

    @discardableResult
    private func newNode(_ key: [UInt8]) -> Int {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: key.count)
        _ = copy.initialize(from: key)
        nodes.initializeElement(at: used, to: Node(key: copy))
        used += 1
        return used - 1
    }

    private func equal(_ left: UnsafeMutableBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for at in 0..<left.count where left[at] != right[at] { return false }
        return true
    }
}
