package dev.inkstream.trainer;

import dev.inkstream.network.Learner;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Parameters;
import dev.inkstream.network.PrequentialResult;
import dev.inkstream.network.Summation;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Pixels;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.StateFormatException;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Snapshots;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Trains one model as a function of the log: its only input is the next example. Not thread-safe.
///
/// The same records at the same offsets give the same versions, to the bit, for every caller: the trainer topology, the
/// gap read again on start, or an offline replay. An example whose loss is not finite is left out, for every caller:
/// what a trainer does about its record ([OnDivergence]) is no part of what determines the weights.
public final class Training {
    private final Settings settings;
    private final Learner learner;
    private long version;
    private long nextOffset;
    private long firstOffset;
    private @Nullable Sha256 parent;
    private long miniBatchesAtSnapshot;
    private long recentExamples;
    private long recentCorrect;
    private double recentLoss;
    private boolean lastWasCorrect;
    private boolean lastWasLearned;

    /// @param model the model's name
    /// @param seed of the initial weights
    /// @param snapshotEvery mini-batches from one version to the next, 1 or more
    /// @param beginning what it starts from and leaves out
    public record Settings(String model, TrainingConfig config, long seed, int snapshotEvery, Beginning beginning) {
        private static final Pattern DESCRIPTION = Pattern.compile("seed=(?<seed>0|-?[1-9][0-9]{0,18}) "
                + "(?:from=(?<from>0|[1-9][0-9]{0,17}) )?"
                + "(?:initial=(?<initial>[0-9a-f]{64}) )?"
                + "(?:trainer=(?<trainer>[a-zA-Z0-9-]{1,60}) )?"
                + "(?:without=(?<records>[1-9][0-9]{0,9}):(?<digest>[0-9a-f]{64}) )?"
                + "(?<config>.*)");

        public Settings {
            if (snapshotEvery < 1) {
                throw new IllegalArgumentException("snapshot-every is " + snapshotEvery + "; it must be 1 or more");
            }
        }

        /// Initial weights by the seed.
        public Settings(String model, TrainingConfig config, long seed, int snapshotEvery) {
            this(model, config, seed, snapshotEvery, Beginning.OF_SEED);
        }

        /// The same with another beginning.
        public Settings with(Beginning other) {
            return new Settings(model, config, seed, snapshotEvery, other);
        }

        /// The settings with sequential sums, if those are the ones of the description; else these settings. Earlier
        /// builds had no other order, and a model keeps the order that it began with.
        Settings asBefore(String description) {
            Settings before = new Settings(model, config.with(Summation.SEQUENTIAL), seed, snapshotEvery, beginning);
            return before.describe().equals(description) ? before : this;
        }

        /// Reads what [#describe()] writes, for a replay, which publishes where the log has a version.
        ///
        /// @throws IllegalArgumentException if this build writes no such text
        public static Settings parse(String model, String description) {
            Matcher parts = DESCRIPTION.matcher(description);
            if (!parts.matches() || !isLong(parts.group("seed"))) {
                throw new IllegalArgumentException(
                        "training is '" + description + "'; it must begin with seed=, a whole number and a blank");
            }
            TrainingConfig config = TrainingConfig.parse(parts.group("config"));
            String from = parts.group("from");
            Beginning beginning = new Beginning(
                    from == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(from)),
                    Optional.ofNullable(parts.group("initial")).map(Settings::digest),
                    Optional.empty(),
                    Optional.ofNullable(parts.group("trainer")),
                    exclusion(parts));
            return new Settings(model, config, Long.parseLong(parts.group("seed")), Integer.MAX_VALUE, beginning);
        }

        private static Optional<Beginning.Exclusion> exclusion(Matcher parts) {
            return Optional.ofNullable(parts.group("records"))
                    .map(records -> new Beginning.Exclusion(Long.parseLong(records), digest(parts.group("digest"))));
        }

        private static Sha256 digest(String digits) {
            return Sha256.fromDigest(HexFormat.of().parseHex(digits));
        }

        private static boolean isLong(String number) {
            return new BigInteger(number).bitLength() < Long.SIZE;
        }

        /// The model whose trainer read the log, which is another one for a version that was copied or rebuilt.
        public String trainer() {
            return beginning.trainer().orElse(model);
        }

        /// What determines the weights, in one line.
        public String describe() {
            return "seed=" + seed + " " + beginning.describe() + config.describe();
        }
    }

    private Training(Settings settings, Learner learner, Checkpoint from) {
        this.settings = settings;
        this.learner = learner;
        this.version = from.version();
        this.nextOffset = from.nextOffset();
        this.firstOffset = from.firstOffset();
        this.miniBatchesAtSnapshot = learner.miniBatches();
    }

    /// From the initial weights: version 0, which is still to be published.
    ///
    /// @throws IllegalArgumentException if the settings name initial weights and do not have them, or they do not fit
    public static Training start(Settings settings) {
        return new Training(settings, initial(settings), new Checkpoint(settings.describe(), 0, -1, -1, new byte[0]));
    }

    private static Learner initial(Settings settings) {
        Beginning beginning = settings.beginning();
        if (beginning.initial().isEmpty()) {
            return Learner.initial(settings.config(), settings.seed());
        }
        Weights weights = beginning
                .weights()
                .orElseThrow(() -> new IllegalArgumentException(
                        "initial weights " + beginning.initial().get() + " are missing"));
        NetworkShape shape = settings.config().architecture().shape();
        return Learner.from(settings.config(), Parameters.fromBytes(shape, weights.bytes()));
    }

    /// From where a checkpoint was taken.
    ///
    /// @throws ModelMismatchException if the model was trained with other settings
    /// @throws StateFormatException if the learner's state is of another format
    static Training resume(Settings started, Checkpoint checkpoint) {
        Settings settings = started.asBefore(checkpoint.training());
        if (!checkpoint.training().equals(settings.describe())) {
            throw ModelMismatchException.ofTrainer(
                    TrainingDifference.between(settings.model(), checkpoint.training(), settings.describe())
                            .sentences());
        }
        Training training = new Training(settings, learner(settings, checkpoint), checkpoint);
        // A checkpoint is what training was when it published this version.
        training.parent = training.weights().sha256();
        return training;
    }

    private static Learner learner(Settings settings, Checkpoint checkpoint) {
        try {
            return Learner.resume(settings.config(), checkpoint.learner());
        } catch (IllegalArgumentException e) {
            throw new StateFormatException("the trainer's checkpoint cannot be read: its " + e.getMessage()
                    + ". Start the build that wrote it, or a newer one.");
        }
    }

    /// Trains on the next example; tests it first. If its loss is not finite, nothing is learned from it.
    ///
    /// @param offset of the record in `labeled-images`
    /// @return whether this completed a version, to be had from [#snapshot()] now
    /// @throws dev.inkstream.network.DivergedException if a parameter is no longer finite
    public boolean train(long offset, LabeledImage example) {
        Pixels pixels = example.image().pixels();
        PrequentialResult outcome = learner.learn(pixels.array(), pixels.start(), pixels.length(), example.label());
        var _ = beginsAt(offset);
        nextOffset = offset + 1;
        lastWasLearned = outcome.isFinite();
        if (!lastWasLearned) {
            return false;
        }
        recentExamples++;
        recentLoss += outcome.loss();
        lastWasCorrect = outcome.predicted() == example.label();
        if (lastWasCorrect) {
            recentCorrect++;
        }
        boolean due = learner.betweenMiniBatches()
                && learner.miniBatches() - miniBatchesAtSnapshot >= settings.snapshotEvery();
        if (due) {
            version++;
        }
        return due;
    }

    /// The version that is complete now. It resets the count of recent examples, so it is called once.
    ///
    /// @throws dev.inkstream.network.DivergedException if a parameter is no longer finite
    public WeightSnapshot snapshot() {
        Weights weights = weights();
        Prequential recent =
                new Prequential(recentExamples, recentCorrect, recentExamples == 0 ? 0 : recentLoss / recentExamples);
        miniBatchesAtSnapshot = learner.miniBatches();
        recentExamples = 0;
        recentCorrect = 0;
        recentLoss = 0;
        WeightSnapshot snapshot = new WeightSnapshot(
                new ModelVersion(settings.model(), version, weights.sha256()),
                Snapshots.layers(settings.config().architecture()),
                weights,
                new TrainingProgress(learner.examples(), learner.miniBatches(), lastOffset(), recent),
                settings.describe(),
                Provenance.trained(trainedFrom(), Optional.ofNullable(parent)));
        parent = weights.sha256();
        return snapshot;
    }

    private Weights weights() {
        return new Weights(learner.served().toBytes());
    }

    private OptionalLong trainedFrom() {
        return learner.examples() == 0 || firstOffset < 0 ? OptionalLong.empty() : OptionalLong.of(firstOffset);
    }

    /// As [#snapshot()], for a replay: the weights are those of the version that the log has here.
    public WeightSnapshot snapshotAs(long number) {
        version = number;
        return snapshot();
    }

    /// The checkpoint for [#resume]; call it directly after [#snapshot()].
    Checkpoint checkpoint() {
        return new Checkpoint(settings.describe(), version, nextOffset, firstOffset, learner.state());
    }

    /// Whether the last example was trained on; if not, its loss is not finite.
    public boolean lastWasLearned() {
        return lastWasLearned;
    }

    /// Whether the last example was predicted right before it was trained on.
    boolean lastWasCorrect() {
        return lastWasCorrect;
    }

    /// Whether the last example completed a mini-batch.
    public boolean betweenMiniBatches() {
        return learner.betweenMiniBatches();
    }

    /// Euclidean norm of the last mini-batch's mean gradient; between mini-batches only.
    double gradientNorm() {
        return learner.gradientNorm();
    }

    /// The latest version, published or complete.
    long version() {
        return version;
    }

    /// Notes where the log begins for this model, once.
    ///
    /// @param offset of the first record there is
    /// @return whether that was not known yet
    boolean beginsAt(long offset) {
        boolean first = nextOffset < 0;
        if (first) {
            nextOffset = offset;
            firstOffset = offset;
        }
        return first;
    }

    /// Offset from which training continues; -1 before the first record was seen.
    long nextOffset() {
        return nextOffset;
    }

    /// Offset of the last record trained on; -1 before the first. Right when a version is complete: the record before
    /// the next completed it.
    private long lastOffset() {
        return learner.examples() == 0 ? -1 : nextOffset - 1;
    }
}
