package dev.inkstream.evaluator;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// The ids of the last commands that were decided about, so that a command that is read again is not carried out again.
/// Not thread-safe.
final class CarriedOut {
    /// More than operators send within the time that records are read again.
    static final int MAX_COMMANDS = 1_000;

    private static final StateFormat FORMAT = StateFormat.first("evaluator's state of commands carried out");

    private final SequencedSet<String> ids = new LinkedHashSet<>();

    boolean has(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        ids.add(id);
        if (ids.size() > MAX_COMMANDS) {
            ids.removeFirst();
        }
    }

    /// The last one; empty before the first.
    Optional<String> last() {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
    }

    byte[] toBytes() {
        StateWriter out = FORMAT.writer().array(ids.size());
        ids.forEach(out::text);
        return out.end().toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#toBytes()]
    static CarriedOut fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, CarriedOut::read);
    }

    private static CarriedOut read(StateReader in) {
        CarriedOut read = new CarriedOut();
        for (int block = in.array(); block > 0; block = in.array()) {
            for (int i = 0; i < block; i++) {
                read.add(in.text());
            }
        }
        return read;
    }
}
