/// A variable of the environment that cannot be used.
package struct NetworkProblem: Error, Equatable {
    /// Which variable, and what is wrong with it; free of passwords.
    package let message: String

    init(_ message: String) {
        self.message = message
    }
}
