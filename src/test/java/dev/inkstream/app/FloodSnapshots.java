package dev.inkstream.app;

import dev.inkstream.app.FloodTopic.Invalid;
import dev.inkstream.app.FloodTopic.Reader;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.stream.Snapshots;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/// The snapshots of a flood.
final class FloodSnapshots {
    private FloodSnapshots() {}

    static List<Invalid> invalid() {
        WeightSnapshot some = Samples.snapshot(FloodTopic.MODEL, 1);
        List<WeightSnapshot> invalid = List.of(
                Samples.snapshot(FloodTopic.MODEL, 255), // whose weights are not numbers
                Samples.snapshot("other", 1), // with the key of this model
                with(some, List.of(4, 2), some.parameters()),
                with(some, List.of(4), some.parameters()),
                with(some, List.of(6, 2, 2), some.parameters()),
                with(some, some.layers().sizes(), new byte[3]));
        return invalid.stream()
                .map(snapshot -> new Invalid(
                        FloodTopic.bytes(Cluster.SERDES.weightSnapshot(), snapshot), EnumSet.allOf(Reader.class)))
                .toList();
    }

    private static WeightSnapshot with(WeightSnapshot some, List<Integer> sizes, byte[] parameters) {
        return new WeightSnapshot(
                new ModelVersion(FloodTopic.MODEL, 1, Sha256.of(parameters)),
                new Layers(sizes, "RELU", "SOFTMAX"),
                parameters,
                some.progress(),
                some.training());
    }

    static boolean takes(byte[] value) {
        return FloodTopic.decodes(
                Cluster.SERDES.weightSnapshot(),
                value,
                snapshot -> snapshot.id().model().equals(FloodTopic.MODEL)
                        && Snapshots.network(snapshot, FloodTopic.FORMAT) != null);
    }

    /// The same value with another version, any number. A value without a version is unchanged.
    static byte[] ofVersion(FloodTopic topic, Random random, byte[] good) {
        long version = random.nextLong() & Long.MAX_VALUE >>> random.nextInt(63);
        return switch (topic) {
            case WEIGHT_SNAPSHOTS, SERVING_WEIGHTS -> {
                WeightSnapshot some = Samples.snapshot(FloodTopic.MODEL, 1);
                yield FloodTopic.bytes(
                        Cluster.SERDES.weightSnapshot(),
                        new WeightSnapshot(
                                new ModelVersion(
                                        FloodTopic.MODEL, version, some.id().weights()),
                                some.layers(),
                                some.parameters(),
                                some.progress(),
                                some.training()));
            }
            case PREDICTIONS -> {
                Sha256 weights = Samples.id(FloodTopic.MODEL, 1).weights();
                yield FloodTopic.bytes(
                        Cluster.SERDES.prediction(),
                        Samples.prediction("id", new ModelVersion(FloodTopic.MODEL, version, weights)));
            }
            default -> good;
        };
    }
}
