package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What `weight-snapshots` says of each model. It keeps no parameters, so its memory grows with the number of versions
/// and not with their size. Not thread-safe.
public final class PublishedClaims {
    /// Of all models together: anybody may write such records.
    private static final int UNREADABLE_LIMIT = 1_000;

    private final RecordDecoder<WeightSnapshot> decoder;
    private final SortedMap<String, List<Claim>> claims = new TreeMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    /// A record that cannot be used.
    ///
    /// @param key the model's name, if nobody else wrote it
    private record Unreadable(String key, String sentence) {}

    public PublishedClaims(RecordDecoder<WeightSnapshot> decoder) {
        this.decoder = decoder;
    }

    /// Reads `weight-snapshots` to its end as it is now.
    public static PublishedClaims read(ReadAccess access) throws InterruptedException {
        Topic<String, WeightSnapshot> topic = access.topics().weightSnapshots();
        PublishedClaims claims = new PublishedClaims(topic.decoder(access.serdes()));
        access.reader().readAll(List.of(topic), claims::add);
        return claims;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            WeightSnapshot snapshot = decoder.decode(record).value();
            claims.computeIfAbsent(snapshot.id().model(), none -> new ArrayList<>())
                    .add(Claim.of(record.offset(), snapshot));
        } catch (InvalidRecordException e) {
            key(record)
                    .filter(any -> unreadable.size() < UNREADABLE_LIMIT)
                    .ifPresent(key -> unreadable.add(new Unreadable(
                            key,
                            "%s@%d cannot be used: %s"
                                    .formatted(
                                            record.topic(),
                                            record.offset(),
                                            Text.printable(String.valueOf(e.getMessage()))))));
        }
    }

    /// Who wrote a record without a usable key meant no model.
    private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(RecordDecoder.key(record.key()));
        } catch (InvalidRecordException e) {
            return Optional.empty();
        }
    }

    /// The models that have a version, by name.
    List<String> models() {
        return List.copyOf(claims.keySet());
    }

    /// The model that is meant.
    ///
    /// @param option that names it
    /// @param name null if there should be only one
    /// @throws UsageException if there are several
    /// @throws UserException if there is none of this name
    public String choose(String option, @Nullable String name) {
        if (claims.isEmpty()) {
            throw new UserException("there is no model yet: a trainer publishes the first version");
        }
        String names = String.join(", ", claims.keySet());
        if (name == null && claims.size() > 1) {
            throw new UsageException("%s is missing; it must be one of %s".formatted(option, names));
        }
        String chosen = name == null ? claims.firstKey() : name;
        if (!claims.containsKey(chosen)) {
            throw new UserException(
                    "%s is '%s'; it must be one of %s".formatted(option, Text.printable(chosen), names));
        }
        return chosen;
    }

    /// The version of a model that was published last under a number.
    ///
    /// @throws UserException if there is none
    ModelVersion version(String model, long number) {
        return of(model).stream()
                .filter(claim -> claim.version() == number)
                .map(Claim::id)
                .reduce((first, last) -> last)
                .orElseThrow(() ->
                        new UserException("--version is %d; it must be a version that the topics still have of model %s"
                                .formatted(number, model)));
    }

    public List<Claim> of(String model) {
        return claims.getOrDefault(model, List.of());
    }

    /// A sentence for each record that cannot be used, of any model.
    Stream<String> unreadable() {
        return unreadable.stream().map(Unreadable::sentence);
    }

    /// A sentence for each record under the model's name that cannot be used.
    List<String> unreadable(String model) {
        return unreadable.stream()
                .filter(record -> record.key().equals(model))
                .map(Unreadable::sentence)
                .toList();
    }
}
