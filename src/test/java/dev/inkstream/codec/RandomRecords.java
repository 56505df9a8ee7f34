package dev.inkstream.codec;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.Prediction.Position;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.Times;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Every record that the domain allows, at random.
public final class RandomRecords {
    private static final Arbitrary<String> NAMES =
            Arbitraries.strings().ofMinLength(1).ofMaxLength(20);
    private static final Arbitrary<Long> COUNTS = Arbitraries.longs().between(0, 1L << 40);
    private static final Arbitrary<Double> DOUBLES = Arbitraries.oneOf(
            Arbitraries.doubles(), Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE));
    private static final Arbitrary<Float> FLOATS = Arbitraries.oneOf(
            Arbitraries.floats(), Arbitraries.of(Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE));

    private RandomRecords() {}

    public static Arbitrary<ImageRecord> images() {
        Arbitrary<Integer> sides = Arbitraries.integers().between(1, 40);
        return Combinators.combine(sides, sides)
                .flatAs((width, height) -> Combinators.combine(bytes(width * height), instants())
                        .as((pixels, at) -> new ImageRecord(width, height, pixels, at)));
    }

    public static Arbitrary<LabeledImage> labeledImages() {
        return Combinators.combine(images(), Arbitraries.integers().greaterOrEqual(0))
                .as(LabeledImage::new);
    }

    public static Arbitrary<Prediction> predictions() {
        Arbitrary<float[]> scores =
                FLOATS.array(Float[].class).ofMinSize(1).ofMaxSize(30).map(RandomRecords::unboxed);
        Arbitrary<Position> positions =
                Combinators.combine(Arbitraries.integers(), Arbitraries.longs()).as(Position::new);
        return scores.flatMap(each -> Combinators.combine(
                        Arbitraries.strings().ofMaxLength(20),
                        Arbitraries.integers().between(0, each.length - 1),
                        versions(),
                        positions,
                        instants())
                .as((id, label, version, position, at) -> new Prediction(id, label, each, version, position, at)));
    }

    public static Arbitrary<WeightSnapshot> snapshots() {
        Arbitrary<Layers> layers = Combinators.combine(
                        Arbitraries.integers().list().ofMaxSize(6),
                        Arbitraries.of("SIGMOID", "RELU", "LEAKY_RELU"),
                        Arbitraries.of("SIGMOID", "SOFTMAX"))
                .as(Layers::new);
        Arbitrary<byte[]> parameters = Arbitraries.integers().between(0, 2_000).flatMap(RandomRecords::bytes);
        return Combinators.combine(NAMES, COUNTS, layers, parameters, progress(), Arbitraries.strings(), provenance())
                .as((model, version, shape, weights, progress, training, provenance) -> new WeightSnapshot(
                                new ModelVersion(model, version, Sha256.of(weights)),
                                shape,
                                weights,
                                progress,
                                training)
                        .with(provenance));
    }

    private static Arbitrary<Provenance> provenance() {
        Arbitrary<String> names = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Publisher> publishers =
                Combinators.combine(names, names, names).as(Publisher::new);
        return Combinators.combine(
                        COUNTS.optional(),
                        bytes(32).map(Sha256::fromDigest).optional(),
                        publishers.optional(),
                        names.optional())
                .as((first, parent, publisher, source) -> new Provenance(
                        first.map(OptionalLong::of).orElse(OptionalLong.empty()), parent, publisher, source));
    }

    public static Arbitrary<Evaluation> evaluations() {
        Arbitrary<ConfusionMatrix> confusion = Arbitraries.integers()
                .between(1, 12)
                .flatMap(classes -> COUNTS.array(Long[].class)
                        .ofSize(classes * classes)
                        .map(counts -> ConfusionMatrix.of(
                                classes,
                                Arrays.stream(counts).mapToLong(Long::longValue).toArray())));
        return Combinators.combine(versions(), Arbitraries.longs(), confusion, DOUBLES, Arbitraries.of(true, false))
                .as(Evaluation::new);
    }

    private static Arbitrary<TrainingProgress> progress() {
        Arbitrary<Prequential> recent = COUNTS.flatMap(
                examples -> Combinators.combine(Arbitraries.longs().between(0, examples), DOUBLES)
                        .as((correct, loss) -> new Prequential(examples, correct, loss)));
        return Combinators.combine(COUNTS, COUNTS, Arbitraries.longs().greaterOrEqual(-1), recent)
                .as(TrainingProgress::new);
    }

    private static Arbitrary<ModelVersion> versions() {
        return Combinators.combine(NAMES, Arbitraries.longs().greaterOrEqual(0), bytes(32))
                .as((model, version, digest) -> new ModelVersion(model, version, Sha256.fromDigest(digest)));
    }

    private static Arbitrary<Instant> instants() {
        long first = Times.MIN.toEpochMilli();
        long last = Times.MAX.toEpochMilli();
        return Arbitraries.oneOf(Arbitraries.longs().between(first, last), Arbitraries.of(first, -1L, 0L, last))
                .map(Instant::ofEpochMilli);
    }

    private static Arbitrary<byte[]> bytes(int length) {
        return Arbitraries.bytes().array(byte[].class).ofSize(length);
    }

    private static float[] unboxed(Float[] boxed) {
        float[] values = new float[boxed.length];
        for (int i = 0; i < boxed.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }
}
