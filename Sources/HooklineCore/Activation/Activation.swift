/// One `activation.yaml` with its references resolved: source, model, rules, mapping, hooks, destination and schedule.
package struct Activation: Equatable, Sendable {
    package var name: String
    package var version: String
    package var description: String?
    /// The package's folder, an absolute path.
    package var folder: String
    /// The manifest's path, relative to the workspace.
    package var file: String
    package var parameters: [Parameter]
    package var source: SourceConfiguration
    package var model: Model
    /// The segment's name, before a `name` hook.
    package var segmentName: String
    package var segmentNamePosition: SourcePosition?
    /// Picks rows of the model; nil picks all.
    package var rules: Condition?
    /// What must be true of every row of an address. If it is not true of one row, the address stays out. Nil asks for nothing.
    package var consent: Condition?
    package var destination: Destination
    /// The field that holds the email address.
    package var emailField: String
    package var emailPosition: SourcePosition?
    /// The paths of the package's scripts, in order, relative to its folder.
    package var hooks: [String]
    package var hooksPosition: SourcePosition?
    package var schedule: Schedule?
    /// The IANA name of the time zone of the schedule and of `today`.
    package var timezone: String
    package var safeguards: Safeguards
    package var limits: HookLimits
    package var breakdown: Breakdown
    /// Whether the first run may take over a static segment with the same name.
    package var adopt: Bool
    /// What a run does about changes that others made to its segments.
    package var driftPolicy = DriftPolicy()
    package var askAgain = AskAgainPolicy()
    /// Whether rows that have not changed keep the verdicts of an earlier run.
    package var isIncremental = false
    /// After how many days all rows enter the hooks again.
    package var fullEveryDays = 1
    /// How long a run may take, in seconds, before it stops and leaves the rest to the next run; nil for no limit.
    package var maxDuration: Int?
    /// Replacements for files in the package's `lookups/`.
    package var lookups: [LookupOverride] = []

    package init(
        name: String, version: String = "0.0.0", description: String? = nil, folder: String, file: String, parameters: [Parameter] = [],
        source: SourceConfiguration, model: Model, segmentName: String, rules: Condition? = nil, destination: Destination,
        emailField: String,
        emailPosition: SourcePosition? = nil, hooks: [String] = [], hooksPosition: SourcePosition? = nil, schedule: Schedule? = nil,
        timezone: String = "UTC", safeguards: Safeguards = Safeguards(), limits: HookLimits = HookLimits(),
        breakdown: Breakdown = Breakdown(), adopt: Bool = false
    ) {
        self.name = name
        self.version = version
        self.description = description
        self.folder = folder
        self.file = file
        self.parameters = parameters
        self.source = source
        self.model = model
        self.segmentName = segmentName
        self.rules = rules
        self.destination = destination
        self.emailField = emailField
        self.emailPosition = emailPosition
        self.hooks = hooks
        self.hooksPosition = hooksPosition
        self.schedule = schedule
        self.timezone = timezone
        self.safeguards = safeguards
        self.limits = limits
        self.breakdown = breakdown
        self.adopt = adopt
    }

    /// The fields that the manifest itself uses: those in rules, consent, and expectations, the address, and the keys. Scripts and calculated fields
    /// may use others.
    package var usedFields: Set<String> {
        var fields: Set = [emailField]
        fields.formUnion(rules?.fields ?? [])
        fields.formUnion(consent?.fields ?? [])
        fields.formUnion(model.oneRow?.fields ?? [])
        if let key = model.primaryKey { fields.insert(key) }
        fields.formUnion(model.expectations.compactMap(\.field))
        return fields
    }

    /// The fields that rules or consent test for NULL.
    package var nullTestedFields: Set<String> { (rules?.nullTestedFields ?? []).union(consent?.nullTestedFields ?? []) }

    /// The offsets of `timezone`; UTC for an unknown name, with which no run starts.
    package var zone: ZoneOffsets { ZoneOffsets(named: timezone) ?? .utc }
}
