/// One mistake of each kind, put in on purpose: the simulation must find it.
enum Sabotage: String, CaseIterable, Sendable {
    /// Changes of members are sent without standing in the ledger.
    case sendsWithoutIntent
    /// A segment is deleted or emptied without standing in the ledger.
    case deletesWithoutIntent
    /// Answers are not written down.
    case forgetsAnswers
    /// A source that breaks half-way is taken for one that has ended.
    case takesBrokenSourceForWhole
    /// A call that creates contacts goes out.
    case createsContacts
    /// Somebody whom nobody asked for is removed along with the others.
    case removesStrangers
    /// Additions are left out of what is sent.
    case losesAdditions
    /// Rows are counted twice.
    case miscounts
    /// New contacts are taken for looked up until a time when nobody had looked.
    case looksTooLate
    /// What others did is not kept until it has been told.
    case forgetsToTell
    /// The ledger's number of members is taken for what Mailchimp shows.
    case takesLedgerForMailchimp
    /// Nobody knows any more whom Mailchimp refused.
    case forgetsRefusals
    /// The intent to create a segment is dated by this machine's clock, whatever Mailchimp's shows.
    case datesCreationsByOurClock
    /// Every call is sent twice.
    case sendsTwice
    /// Some of the members are left out when they are read part by part.
    case losesMembersOfParts
}
