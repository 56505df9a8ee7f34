package dev.inkstream.app.letters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which records return, each once, for which applications. Bounded; not thread-safe.
final class RedrivePlan {
    /// The most records that one run returns: about 20 MB.
    static final int MAX_RECORDS = 100_000;

    /// The most applications that one record returns for.
    static final int MAX_APPLICATIONS = 50;

    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final int maxRecords;
    private long leftOut;

    /// @param first of the dead letters of the record, which gives the record
    private record Entry(Position first, List<String> applications) {}

    RedrivePlan() {
        this(MAX_RECORDS);
    }

    RedrivePlan(int maxRecords) {
        this.maxRecords = maxRecords;
    }

    /// Adds a dead letter whose record is to return. Does nothing if it is there for this application already, and
    /// counts the letter as left out if the plan is full.
    void add(DeadLetter letter, Identity identity) {
        String application = letter.rejection().application();
        Entry entry = entries.get(identity.hash());
        if (entry == null) {
            if (entries.size() == maxRecords) {
                leftOut++;
                return;
            }
            entry = new Entry(letter.position(), new ArrayList<>(1));
            entries.put(identity.hash(), entry);
        }
        if (entry.applications().contains(application)) {
            return;
        }
        if (entry.applications().size() == MAX_APPLICATIONS) {
            leftOut++;
            return;
        }
        entry.applications().add(application);
    }

    /// The return that a dead letter stands for; empty for any but the first of its record.
    Optional<Return> at(DeadLetter letter) {
        Identity identity = Identity.of(letter);
        return Optional.ofNullable(entries.get(identity.hash()))
                .filter(entry -> entry.first().equals(letter.position()))
                .map(entry -> new Return(letter, identity, entry.applications()));
    }

    /// How many records return.
    int records() {
        return entries.size();
    }

    /// How many dead letters another run has to return.
    long leftOut() {
        return leftOut;
    }
}
