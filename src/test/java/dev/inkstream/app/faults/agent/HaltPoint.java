package dev.inkstream.app.faults.agent;

/// Where a process can be made to halt, as by SIGKILL, between two steps of a commit or of a start.
public enum HaltPoint {
    /// A changelog record is about to be sent.
    CHANGELOG_BEFORE("before a changelog record is sent"),
    /// A commit has flushed its producer, and there was a changelog record among what it sent.
    CHANGELOG_AFTER("after the changelog records have been sent"),
    /// The guard has its offsets, the group does not.
    OFFSETS_BEFORE("before the offsets join the transaction"),
    /// The transaction has its offsets, and is not committed.
    OFFSETS_AFTER("after the offsets have joined the transaction"),
    /// Kafka Streams commits the transaction.
    COMMIT_BEFORE("before the transaction is committed"),
    /// The transaction is committed, and Kafka Streams does not know it yet.
    COMMIT_AFTER("after the transaction is committed"),
    /// A processor of a task is about to be initialized.
    INIT("in `init`"),
    /// Records of a changelog, or of the topic of a global store, are about to be restored.
    RESTORE("during restore");

    private final String words;

    HaltPoint(String words) {
        this.words = words;
    }

    /// Where it is, for a person.
    public String words() {
        return words;
    }

    /// Whether a process comes by only when it starts.
    public boolean isAtStart() {
        return this == INIT || this == RESTORE;
    }

    /// Whether only an application with changelogs comes by.
    public boolean needsChangelog() {
        return this == CHANGELOG_BEFORE || this == CHANGELOG_AFTER;
    }
}
