import Foundation
import GRDB
import HooklineCore

/// The ledger's migrations, oldest first: `v1`, `v2`, and so on.
///
/// Never edit or reorder one that was released, or remove it: change the tables by adding a migration.
enum LedgerMigrations {
    static let all = [firstTables, changesOfRuns, rowsOfRuns, marksOfLooks, spellingsOfDomains, refusedAddresses, packedCalls]

    /// Segments, their members, runs, what calls were answered, and leases.
    static let firstTables: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                CREATE TABLE segments(
                    id INTEGER PRIMARY KEY,
                    endpoint TEXT NOT NULL,
                    audience TEXT NOT NULL,
                    activation TEXT NOT NULL,
                    label TEXT,
                    mailchimp_id INTEGER,
                    name TEXT NOT NULL,
                    phase TEXT NOT NULL,
                    phase_since INTEGER NOT NULL,
                    revision INTEGER NOT NULL,
                    members INTEGER NOT NULL DEFAULT 0,
                    waiting INTEGER NOT NULL DEFAULT 0,
                    probed_at INTEGER
                ) STRICT;
                -- In an index NULL equals nothing, and '' is a label like any other.
                CREATE UNIQUE INDEX segments_key ON segments(activation, endpoint, audience, label IS NULL, ifnull(label, ''));

                -- In hash order on disk, the order in which members are read and written.
                CREATE TABLE members(
                    segment INTEGER NOT NULL,
                    hash BLOB NOT NULL,
                    address TEXT NOT NULL,
                    state INTEGER NOT NULL,
                    reason TEXT,
                    run INTEGER,
                    PRIMARY KEY(segment, hash)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE runs(
                    number INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    activation TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    started_at INTEGER NOT NULL,
                    finished_at INTEGER,
                    outcome TEXT,
                    report TEXT,
                    session TEXT,
                    process INTEGER,
                    host TEXT
                ) STRICT;
                CREATE INDEX runs_activation ON runs(activation, started_at, number);

                CREATE TABLE receipts(
                    number INTEGER PRIMARY KEY,
                    run TEXT NOT NULL,
                    segment INTEGER NOT NULL REFERENCES segments(id) ON DELETE CASCADE,
                    at INTEGER NOT NULL,
                    members INTEGER NOT NULL,
                    gone INTEGER NOT NULL,
                    not_contacts INTEGER NOT NULL,
                    rejected INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX receipts_run ON receipts(run);
                CREATE INDEX receipts_segment ON receipts(segment);

                CREATE TABLE leases(
                    activation TEXT PRIMARY KEY,
                    run TEXT NOT NULL,
                    session TEXT NOT NULL,
                    process INTEGER NOT NULL,
                    host TEXT NOT NULL,
                    since INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// What each run did to whom, and what recovery and drift detection need to know about a segment.
    static let changesOfRuns: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                -- Run numbers only grow, and a run's batches are in hash order: rows are written, and read for one run, in disk order.
                CREATE TABLE changes(
                    run INTEGER NOT NULL,
                    segment INTEGER NOT NULL,
                    hash BLOB NOT NULL,
                    change INTEGER NOT NULL,
                    address TEXT,
                    PRIMARY KEY(run, segment, hash)
                ) STRICT, WITHOUT ROWID;

                ALTER TABLE segments ADD COLUMN pending_name TEXT;
                ALTER TABLE segments ADD COLUMN changed_at INTEGER;
                ALTER TABLE segments ADD COLUMN reconciled_at INTEGER;
                ALTER TABLE segments ADD COLUMN known_drift INTEGER;
                """)
    }

    /// The rows of each run that did not end in a segment.
    static let rowsOfRuns: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                CREATE TABLE run_rows(
                    run INTEGER NOT NULL,
                    bucket INTEGER NOT NULL,
                    row INTEGER NOT NULL,
                    key TEXT,
                    address TEXT,
                    reason TEXT,
                    PRIMARY KEY(run, bucket, row)
                ) STRICT, WITHOUT ROWID;
                -- So that nobody has to count a million rows.
                CREATE TABLE run_row_counts(
                    run INTEGER NOT NULL,
                    bucket INTEGER NOT NULL,
                    rows INTEGER NOT NULL,
                    PRIMARY KEY(run, bucket)
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// Until when new contacts have been looked for, by Mailchimp's clock; how Mailchimp shows names; what has not been told yet; and how many
    /// members each call left.
    ///
    /// `probed_at` was by this machine's clock, and often later than the look that it stood for. It is left unused, so that everybody who
    /// waits is asked once more.
    static let marksOfLooks: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                ALTER TABLE segments ADD COLUMN looked_until INTEGER;
                ALTER TABLE segments ADD COLUMN asked_until INTEGER;
                ALTER TABLE segments ADD COLUMN shown_name TEXT;
                -- How many of `members` have no answer so far, and when a run last found such.
                ALTER TABLE segments ADD COLUMN adding INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE segments ADD COLUMN removing INTEGER NOT NULL DEFAULT 0;
                ALTER TABLE segments ADD COLUMN doubted_at INTEGER;
                UPDATE segments SET
                    adding = (SELECT count(*) FROM members WHERE segment = segments.id AND state = 2),
                    removing = (SELECT count(*) FROM members WHERE segment = segments.id AND state = 3);
                -- Members before and after the call, without additions that had no answer then.
                ALTER TABLE receipts ADD COLUMN members_before INTEGER;
                ALTER TABLE receipts ADD COLUMN members_after INTEGER;
                -- What a run saw and has to be told, until a report has told it.
                CREATE TABLE untold(
                    number INTEGER PRIMARY KEY,
                    activation TEXT NOT NULL,
                    code TEXT NOT NULL,
                    message TEXT NOT NULL,
                    UNIQUE(activation, code, message)
                ) STRICT;
                """)
    }

    /// An address with an international domain has one hash in whatever spelling: who was known under another gets it.
    static let spellingsOfDomains: LedgerSchema.Migration = { database in
        let found = try Row.fetchAll(
            database, sql: "SELECT segment, hash, address FROM members WHERE address GLOB '*xn--*' OR address GLOB '*[^ -~]*'")
        var merged: Set<Int64> = []
        for row in found {
            let (segment, hash): (Int64, Data) = (row["segment"], row["hash"])
            let correct = SubscriberHash(of: row["address"]).bytes
            if correct == hash { continue }
            try database.execute(
                sql: "UPDATE OR IGNORE members SET hash = ? WHERE segment = ? AND hash = ?", arguments: [correct, segment, hash])
            if database.changesCount == 0 {
                // Both spellings are there: one person is enough.
                try database.execute(sql: "DELETE FROM members WHERE segment = ? AND hash = ?", arguments: [segment, hash])
                merged.insert(segment)
            }
            try database.execute(
                sql: "UPDATE OR REPLACE changes SET hash = ? WHERE segment = ? AND hash = ?", arguments: [correct, segment, hash])
        }
        for segment in merged {
            try database.execute(
                sql: """
                    UPDATE segments SET
                        members = (SELECT count(*) FROM members WHERE segment = ?1 AND state IN (1, 2, 3)),
                        waiting = (SELECT count(*) FROM members WHERE segment = ?1 AND state NOT IN (1, 2, 3)),
                        adding = (SELECT count(*) FROM members WHERE segment = ?1 AND state = 2),
                        removing = (SELECT count(*) FROM members WHERE segment = ?1 AND state = 3)
                    WHERE id = ?1
                    """, arguments: [segment])
        }
    }

    /// The addresses that Mailchimp refuses.
    ///
    /// Those that were rejected before were told in every run. Nobody knows any more how they were refused, so they travel alone.
    static let refusedAddresses: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                CREATE TABLE refusals(
                    segment INTEGER NOT NULL,
                    hash BLOB NOT NULL,
                    address TEXT NOT NULL,
                    act TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    fails_calls INTEGER NOT NULL,
                    since INTEGER NOT NULL,
                    asked_at INTEGER NOT NULL,
                    told INTEGER NOT NULL DEFAULT 0,
                    acknowledged_at INTEGER,
                    acknowledged_by TEXT,
                    note TEXT,
                    PRIMARY KEY(segment, hash)
                ) STRICT, WITHOUT ROWID;

                INSERT INTO refusals(segment, hash, address, act, reason, fails_calls, since, asked_at, told)
                SELECT members.segment, hash, address, 'add', ifnull(reason, ''), 1, ifnull(runs.started_at, unixepoch()),
                    ifnull(runs.started_at, unixepoch()), 1
                FROM members LEFT JOIN runs ON runs.number = members.run WHERE state = 5;
                """)
    }

    /// What a call is about to do, and what it did, in a row a call: see ``IntentEditor`` and ``ChangePacks``.
    ///
    /// Rows of `members` and `changes` stay as they are.
    static let packedCalls: LedgerSchema.Migration = { database in
        try database.execute(
            sql: """
                CREATE TABLE intents(
                    number INTEGER PRIMARY KEY,
                    segment INTEGER NOT NULL,
                    run INTEGER,
                    adds INTEGER NOT NULL,
                    removes INTEGER NOT NULL,
                    adds_digest INTEGER NOT NULL,
                    removes_digest INTEGER NOT NULL,
                    first_add BLOB,
                    last_add BLOB,
                    first_remove BLOB,
                    last_remove BLOB,
                    -- How they changed the counts of the segment.
                    members_gained INTEGER NOT NULL,
                    waiting_gained INTEGER NOT NULL,
                    adding_gained INTEGER NOT NULL,
                    removing_gained INTEGER NOT NULL,
                    body BLOB NOT NULL
                ) STRICT;

                CREATE TABLE change_packs(
                    number INTEGER PRIMARY KEY,
                    run INTEGER NOT NULL,
                    segment INTEGER NOT NULL,
                    half INTEGER NOT NULL,
                    first BLOB NOT NULL,
                    last BLOB NOT NULL,
                    changes INTEGER NOT NULL,
                    body BLOB NOT NULL
                ) STRICT;
                -- So that one address of one run is found at once: packs of one half do not overlap.
                CREATE UNIQUE INDEX change_packs_place ON change_packs(run, segment, half, first);
                """)
    }
}
