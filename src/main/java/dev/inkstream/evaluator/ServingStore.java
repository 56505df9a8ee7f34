package dev.inkstream.evaluator;

import dev.inkstream.evaluator.ServingState.Kept;
import dev.inkstream.evaluator.ServingState.Place;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Keeps a [ServingState] in a store: the numbers under one key, and each version that has a [Place] under its own,
/// with its weights, so that a restart needs no other topic. Not thread-safe.
final class ServingStore {
    private static final StateFormat FORMAT = StateFormat.first("evaluator's state of what serves");
    private static final List<Mode> MODES = Arrays.asList(Mode.values());
    private static final List<Trial.Kind> TRIALS = Arrays.asList(Trial.Kind.values());
    private static final String NUMBERS = "numbers";
    private static final String COMMANDS = "commands";

    private final KeyValueStore<String, byte[]> store;
    private final Serde<WeightSnapshot> snapshots;
    private final ImageFormat format;
    /// What the store has at each place.
    private final Map<Place, Contender> stored = new EnumMap<>(Place.class);
    private @Nullable Kept storedNumbers;
    private Optional<String> storedCommand = Optional.empty();

    ServingStore(KeyValueStore<String, byte[]> store, Serde<WeightSnapshot> snapshots, ImageFormat format) {
        this.store = store;
        this.snapshots = snapshots;
        this.format = format;
    }

    /// What is kept; empty if nothing was ever.
    ///
    /// @throws dev.inkstream.record.StateFormatException if another build wrote it
    Optional<ServingState> load() {
        for (Place place : Place.values()) {
            byte[] bytes = store.get(place.name());
            if (bytes != null) {
                stored.put(place, version(Stored.fromBytes(bytes)));
            }
        }
        byte[] numbers = store.get(NUMBERS);
        byte[] commands = store.get(COMMANDS);
        CarriedOut carriedOut = commands == null ? new CarriedOut() : CarriedOut.fromBytes(commands);
        storedCommand = carriedOut.last();
        return Optional.ofNullable(numbers).map(kept -> ServingState.of(numbers(kept), stored, carriedOut));
    }

    /// Stores what has changed.
    void save(ServingState state) {
        for (Place place : Place.values()) {
            Optional<Contender> now = state.at(place);
            if (!now.map(Contender::id)
                    .equals(Optional.ofNullable(stored.get(place)).map(Contender::id))) {
                store.put(place.name(), now.map(this::bytes).orElse(null));
                now.ifPresentOrElse(version -> stored.put(place, version), () -> stored.remove(place));
            }
        }
        Kept kept = state.kept();
        if (!kept.equals(storedNumbers)) {
            storedNumbers = kept;
            store.put(NUMBERS, bytes(kept));
        }
        Optional<String> command = state.carriedOut().last();
        if (!command.equals(storedCommand)) {
            storedCommand = command;
            store.put(COMMANDS, state.carriedOut().toBytes());
        }
    }

    private byte[] bytes(Contender version) {
        return new Stored(version.offset(), snapshots.serializer().serialize("state", version.snapshot())).toBytes();
    }

    private Contender version(Stored stored) {
        WeightSnapshot snapshot = snapshots.deserializer().deserialize("state", stored.snapshot());
        return Contender.of(snapshot, stored.offset(), format);
    }

    /// A version as it is kept.
    ///
    /// @param snapshot framed, as on a topic
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(long offset, byte[] snapshot) {
        private static final StateFormat FORMAT = StateFormat.first("evaluator's state of a version");

        byte[] toBytes() {
            return FORMAT.writer(snapshot.length).number(offset).bytes(snapshot).toBytes();
        }

        static Stored fromBytes(byte[] bytes) {
            return FORMAT.read(bytes, in -> new Stored(in.number(), in.bytes()));
        }
    }

    static byte[] bytes(Kept kept) {
        StateWriter out = FORMAT.writer()
                .number(MODES.indexOf(kept.mode()))
                .number(kept.decisions())
                .number(kept.newest())
                .flag(kept.trial() != null);
        Trial trial = kept.trial() == null ? Trial.begin(Trial.Kind.WATCH) : kept.trial();
        out.number(TRIALS.indexOf(trial.kind()))
                .number(trial.labels())
                .number(trial.wins())
                .number(trial.losses())
                .array(kept.aliases().size());
        kept.aliases().forEach((alias, version) -> out.text(alias).number(version));
        return out.end().toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are none of [#bytes(Kept)]
    static Kept numbers(byte[] bytes) {
        return FORMAT.read(bytes, ServingStore::numbers);
    }

    private static Kept numbers(StateReader in) {
        Mode mode = in.oneOf(MODES);
        long decisions = in.number();
        long newest = in.number();
        boolean tries = in.flag();
        Trial trial = new Trial(in.oneOf(TRIALS), in.number(), in.number(), in.number());
        Map<String, Long> aliases = new LinkedHashMap<>();
        for (int block = in.array(); block > 0; block = in.array()) {
            for (int i = 0; i < block; i++) {
                aliases.put(in.text(), in.number());
            }
        }
        return new Kept(tries ? trial : null, mode, decisions, newest, aliases);
    }
}
