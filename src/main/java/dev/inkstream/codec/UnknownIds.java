package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Ids of which the registry has no Avro schema, and what looking for them may cost. Thread-safe.
///
/// Ids come from records, and records from anybody: a flood of ids that nobody registered must neither keep a
/// reader waiting nor the registry busy. So the waiting ([FollowerLag]) and the questions each have an allowance.
final class UnknownIds {
    /// How long an unknown id stays unknown without another question.
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    /// The same, where the allowance for waiting did not last: then the registry was asked once only.
    static final Duration DOUBTED_FOR = Duration.ofSeconds(1);

    /// Unknown ids that the registry is asked for in a minute.
    static final int MAX_ASKED = 600;

    private static final int MAX_REMEMBERED = 10_000;

    private final Duration patience;
    private final RegistryTime time;
    private final RegistryAllowance questions;
    private final Map<Integer, Remembered> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Remembered> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    private record Remembered(String message, long until) {}

    /// @param patience how long an id may be waited for
    UnknownIds(Duration patience, RegistryTime time) {
        this.patience = patience;
        this.time = time;
        this.questions = new RegistryAllowance(MAX_ASKED, Duration.ofMinutes(1), time);
    }

    static InvalidRecordException unknown(String message) {
        return new InvalidRecordException(RejectReason.UNKNOWN_SCHEMA, message);
    }

    /// @throws InvalidRecordException if the registry need not be asked for this id
    synchronized void refuseIfKnown(int id) {
        Remembered entry = remembered.get(id);
        if (entry != null && entry.until() - time.nanos() > 0) {
            throw unknown(entry.message());
        }
        if (!questions.has(1)) {
            throw unknown("schema id " + id + " was not looked up: too many records name ids that the schema registry"
                    + " does not have (" + MAX_ASKED + " in a minute)");
        }
    }

    /// Remembers that there is no Avro schema of an id.
    ///
    /// @param waited how long it was waited for
    /// @param message what is wrong, one sentence
    /// @return why a record that names it is rejected
    synchronized InvalidRecordException remember(int id, Duration waited, String message) {
        questions.spendUpTo(1);
        boolean believed = waited.compareTo(patience.dividedBy(2)) >= 0;
        remembered.remove(id);
        remembered.put(id, new Remembered(message, time.nanos() + (believed ? UNKNOWN_FOR : DOUBTED_FOR).toNanos()));
        return unknown(message);
    }
}
