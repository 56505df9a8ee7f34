package dev.inkstream.app.verify;

import dev.inkstream.network.DivergedException;
import dev.inkstream.trainer.LabeledExamples;
import dev.inkstream.trainer.Training;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/// Where a run began in the log. Immutable.
///
/// @param from offset of the first record
/// @param skip how many examples from there on it was not given
/// @param lost whether retention has removed examples that it was given
public record RunStart(long from, long skip, boolean lost) {

    public static RunStart of(ModelRun run, Training.Settings settings, ExampleLog log) {
        OptionalLong noted = run.claims().stream()
                .filter(claim -> claim.examples() > 0)
                .flatMapToLong(claim -> claim.provenance().firstOffset().stream())
                .min();
        if (noted.isPresent()) {
            return new RunStart(noted.getAsLong(), 0, noted.getAsLong() < log.first());
        }
        long skip = skipped(run, settings, log);
        return new RunStart(log.first(), Math.max(skip, 0), skip < 0);
    }

    /// Versions of earlier builds do not say where their run began. But the first one says how many examples it had
    /// seen, and the log has as many before that offset, or more if the run began later or left out examples whose loss
    /// is not finite.
    ///
    /// @return examples that the run did not train on; negative if the log has too few
    private static long skipped(ModelRun run, Training.Settings settings, ExampleLog log) {
        Optional<Claim> first = run.claims().stream()
                .filter(claim -> claim.examples() > 0 && claim.lastOffset() < log.end())
                .min(Comparator.comparingLong(Claim::lastOffset));
        if (first.isEmpty()) {
            return 0;
        }
        AtomicLong count = new AtomicLong();
        if (first.get().lastOffset() >= log.first()) {
            log.read(log.first(), first.get().lastOffset() + 1, example -> count.incrementAndGet());
        }
        long more = count.get() - first.get().examples();
        if (more > 0 && more == leftOut(settings, log, first.get().lastOffset() + 1)) {
            return 0;
        }
        // Nothing has been removed: what is missing was never there, and shows as a difference.
        return log.first() == 0 ? Math.max(more, 0) : more;
    }

    /// How many examples before an offset training from the beginning of the log leaves out.
    private static long leftOut(Training.Settings settings, ExampleLog log, long end) {
        Training training = Training.start(settings);
        AtomicLong count = new AtomicLong();
        try {
            log.read(log.first(), end, example -> {
                training.train(example.offset(), example.image());
                count.addAndGet(training.lastWasLearned() ? 0 : 1);
            });
        } catch (DivergedException e) {
            return 0; // So the run did not begin there: it published a version.
        }
        return count.get();
    }

    /// Reads the examples that the run was given, up to, not including, an offset.
    public void read(ExampleLog log, long end, LabeledExamples.Sink sink) {
        AtomicLong toSkip = new AtomicLong(skip);
        long begin = Math.max(from, log.first());
        if (end > begin) {
            log.read(begin, end, example -> {
                if (toSkip.get() > 0) {
                    toSkip.decrementAndGet();
                } else {
                    sink.take(example);
                }
            });
        }
    }
}
