/// The hook points and what scripts can use: the one table that the loader, `hookline hooks` and the reference page share.
package enum HookCatalog {
    /// A named point of the pipeline at which a script is called.
    package struct Point: Equatable, Sendable {
        package let name: String
        /// When it is called.
        package let when: String
        /// Its parameters, with types in LuaLS notation.
        package let parameters: [Field]
        /// What it may return, in LuaLS notation.
        package let returns: String
        /// Whether several scripts of a package may have it.
        package let mayRepeat: Bool
    }

    /// A name with its type and a short description.
    package struct Field: Equatable, Sendable {
        package let name: String
        package let type: String
        package let summary: String
    }

    /// Every hook point, in the order in which a run reaches them.
    package static let points: [Point] = [
        Point(
            name: "setup", when: "once per run, before the first user", parameters: [context], returns: "nothing",
            mayRepeat: true),
        Point(
            name: "map", when: "for every user that the rules selected", parameters: [user, context], returns: "table<string, any>|nil",
            mayRepeat: true),
        Point(
            name: "filter", when: "after map", parameters: [user, context], returns: "boolean, string?", mayRepeat: true),
        Point(
            name: "breakdown", when: "after filter", parameters: [user, context], returns: "string|string[]|nil",
            mayRepeat: false),
        Point(
            name: "name", when: "once for each segment, before the diff", parameters: [segment, context], returns: "string",
            mayRepeat: false),
        Point(
            name: "review", when: "after the diff and the safeguards, before anything is sent", parameters: [plan, context],
            returns: "boolean, string?", mayRepeat: true),
        Point(
            name: "report", when: "after the run, however it ended", parameters: [report, context], returns: "string|nil",
            mayRepeat: false),
    ]

    /// The point of that name.
    package static func point(_ name: String) -> Point? { points.first { $0.name == name } }

    private static let context = Field(name: "ctx", type: "hookline.Context", summary: "what a script may know about its run")
    private static let user = Field(name: "user", type: "hookline.User", summary: "the row, by the model's fields")
    private static let segment = Field(name: "segment", type: "hookline.Segment", summary: "name, label, activation")
    private static let plan = Field(name: "plan", type: "hookline.Plan", summary: "counts and samples of the changes")
    private static let report = Field(name: "report", type: "hookline.Report", summary: "what the run did")
}
