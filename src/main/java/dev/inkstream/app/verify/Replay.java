package dev.inkstream.app.verify;

import dev.inkstream.record.Provenance;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.trainer.LabeledExamples;
import dev.inkstream.trainer.Training;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Trains one run of a model again, and compares each version with what the log gives at its offset. Not thread-safe.
///
/// The trainer published where `--snapshot-every` of that time said; the replay compares wherever there is a version.
final class Replay {
    private static final long NONE = -2;

    private final String topic;
    private final Training training;
    private final Deque<Claim> ahead;
    private final Findings findings;
    private long comparedUpTo = -1;
    private long before = NONE;
    private long examples;

    /// @param topic the name of `labeled-images`
    /// @param settings that its versions were trained with
    /// @param claims its versions in any order
    Replay(String topic, Training.Settings settings, List<Claim> claims, Findings findings) {
        this.topic = topic;
        this.training = Training.start(settings);
        this.ahead = new ArrayDeque<>(claims.stream()
                .sorted(Comparator.comparingLong(Claim::lastOffset).thenComparing(Claim::at))
                .toList());
        this.findings = findings;
        compareBefore(0);
    }

    /// The next example of the log.
    void train(LabeledExamples.Example example) {
        long offset = example.offset();
        compareBefore(offset);
        training.train(offset, example.image());
        examples++;
        compareBefore(offset + 1);
    }

    /// Compares what is still ahead, once the log has no more examples.
    void finish() {
        compareBefore(Long.MAX_VALUE);
    }

    /// Examples trained on.
    long examples() {
        return examples;
    }

    private void compareBefore(long offset) {
        while (!ahead.isEmpty() && ahead.getFirst().lastOffset() < offset) {
            long here = ahead.getFirst().lastOffset();
            WeightSnapshot computed = training.snapshotAs(ahead.getFirst().version());
            while (!ahead.isEmpty() && ahead.getFirst().lastOffset() == here) {
                compare(ahead.removeFirst(), computed);
            }
            before = computed.id().version();
            comparedUpTo = here;
        }
    }

    private void compare(Claim claim, WeightSnapshot computed) {
        if (!claim.id().weights().equals(computed.id().weights())) {
            findings.add(new Finding(
                    Finding.Kind.DIFFERENT,
                    claim.version(),
                    claim.version(),
                    "%s v%d differs: offsets %d to %d of %s, after the version before, give other weights"
                            .formatted(
                                    claim.id().model(), claim.version(), comparedUpTo + 1, claim.lastOffset(), topic),
                    new Finding.Difference(
                            comparedUpTo + 1,
                            claim.lastOffset(),
                            claim.id().weights(),
                            computed.id().weights())));
            return;
        }
        Optional<String> wrong = wrong(claim, computed);
        if (wrong.isPresent()) {
            findings.add(Finding.of(
                    Finding.Kind.DIFFERENT,
                    claim.version(),
                    claim.version(),
                    "%s v%d differs: its weights are those of offset %d of %s, but %s"
                            .formatted(claim.id().model(), claim.version(), claim.lastOffset(), topic, wrong.get())));
        } else {
            findings.verified();
        }
    }

    /// What else the snapshot says, and the log does not give.
    private Optional<String> wrong(Claim claim, WeightSnapshot computed) {
        if (!training.betweenMiniBatches()) {
            return Optional.of("no mini-batch ends there");
        }
        TrainingProgress its = claim.progress();
        TrainingProgress ours = computed.progress();
        return Stream.of(
                        different("examples", its.examples(), ours.examples()),
                        different("mini-batches", its.miniBatches(), ours.miniBatches()),
                        different("last offset", its.lastOffset(), ours.lastOffset()),
                        different("layers", claim.layers(), computed.layers()),
                        different("training", claim.training(), computed.training()),
                        claimed("first offset", firstOffset(claim.provenance()), firstOffset(computed.provenance())),
                        claim.version() == before + 1
                                ? claimed(
                                        "parent",
                                        claim.provenance().parent(),
                                        computed.provenance().parent())
                                : Optional.<String>empty())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Versions of earlier builds do not say it.
    private static Optional<String> claimed(String what, Optional<?> published, Optional<?> computed) {
        return published.flatMap(its -> different(what, its, computed.isPresent() ? computed.get() : "none"));
    }

    private static Optional<Long> firstOffset(Provenance provenance) {
        return provenance.firstOffset().stream().boxed().findFirst();
    }

    private static Optional<String> different(String what, Object published, Object computed) {
        return published.equals(computed)
                ? Optional.empty()
                : Optional.of("%s is %s; it must be %s".formatted(what, published, computed));
    }
}
