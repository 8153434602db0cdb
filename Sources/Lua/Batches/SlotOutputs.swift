import CLuaHost

/// What a batch hands back about each row, in addition to its verdict, its reason and its labels.
package struct SlotOutputs: Equatable, Sendable {
    /// The fields whose mapped values are handed back; `LuaSlot.mapped` counts them from 0.
    package var fields: [String]
    /// Hands back the whole mapping of each row, as JSON.
    package var wantsMapping: Bool
    /// Hands back where each step of a row ended.
    package var wantsLocations: Bool

    package init(fields: [String], wantsMapping: Bool = false, wantsLocations: Bool = false) {
        self.fields = fields
        self.wantsMapping = wantsMapping
        self.wantsLocations = wantsLocations
    }

    /// The flags of the C side.
    var flags: UInt32 {
        UInt32((wantsMapping ? HL_WANTS_MAPPING : 0) | (wantsLocations ? HL_WANTS_LOCATIONS : 0))
    }
}
