package dev.inkstream.stream;

import dev.inkstream.record.DriftEvent;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/// Watches the error of served predictions, in the order in which their labels came, and tells when it rose. That it
/// fell is no news: the window just starts anew. Its state lies in a store. Not thread-safe.
final class DriftWatch {
    private static final String KEY = "drift";

    private final KeyValueStore<String, byte[]> store;
    private final String model;
    private final String detector;
    private final Adwin adwin;

    DriftWatch(KeyValueStore<String, byte[]> store, String model, double delta) {
        this.store = store;
        this.model = model;
        this.detector = String.format(Locale.ROOT, "ADWIN2, delta %s", delta);
        byte[] state = store.get(KEY);
        this.adwin = state == null ? new Adwin(delta) : Adwin.fromBytes(state, delta);
    }

    /// @param version made the prediction
    Optional<DriftEvent> outcome(boolean correct, long version) {
        Optional<Adwin.Change> change = adwin.add(!correct);
        store.put(KEY, adwin.toBytes());
        return change.filter(Adwin.Change::rose)
                .map(rise -> new DriftEvent(
                        model,
                        version,
                        new DriftEvent.ErrorRate(rise.before(), rise.examplesBefore()),
                        new DriftEvent.ErrorRate(rise.after(), rise.examplesAfter()),
                        detector));
    }
}
