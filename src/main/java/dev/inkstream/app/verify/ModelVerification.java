package dev.inkstream.app.verify;

import dev.inkstream.network.DivergedException;
import dev.inkstream.trainer.Training;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/// Trains the runs of a model again from the log, and compares their versions. Not thread-safe.
///
/// @param logs opens the log with the images that a model of these settings takes
record ModelVerification(Function<Training.Settings, ExampleLog> logs, Findings findings) {

    /// Verifies one run.
    ///
    /// @param wanted which versions are compared
    /// @return how many examples were trained again
    long verify(ModelRun run, Predicate<Claim> wanted) {
        List<Claim> claims = run.claims().stream().filter(wanted).toList();
        if (claims.isEmpty()) {
            return 0;
        }
        Training.Settings settings;
        try {
            settings = Training.Settings.parse(run.model(), run.training());
        } catch (IllegalArgumentException e) {
            findings.add(unverifiable(claims, String.valueOf(e.getMessage())));
            return 0;
        }
        return replay(run, settings, claims);
    }

    private long replay(ModelRun run, Training.Settings settings, List<Claim> claims) {
        ExampleLog log = logs.apply(settings);
        List<Claim> there = withoutThoseAfter(log, claims);
        long skip = skipped(run, settings, log);
        if (skip < 0) {
            there = withoutTrained(there, log);
        }
        Replay replay = new Replay(log.topic(), settings, there, Math.max(skip, 0), findings);
        long end = 1 + there.stream().mapToLong(Claim::lastOffset).max().orElse(-1);
        if (end > log.first()) {
            log.read(log.first(), end, (offset, example, timestamp) -> replay.train(offset, example));
        }
        replay.finish();
        return replay.examples();
    }

    /// A log that was deleted and filled again may end before a version.
    private List<Claim> withoutThoseAfter(ExampleLog log, List<Claim> claims) {
        List<Claim> after =
                claims.stream().filter(claim -> claim.lastOffset() >= log.end()).toList();
        if (!after.isEmpty()) {
            findings.add(unverifiable(
                    after, "%s ends with offset %d, before the last example".formatted(log.topic(), log.end() - 1)));
        }
        return claims.stream().filter(claim -> claim.lastOffset() < log.end()).toList();
    }

    /// Where a run began is on no topic. But its first version says how many examples it had seen, and the log has as
    /// many before that offset, or more if the run began later or left out examples whose loss is not finite.
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
            log.read(
                    log.first(), first.get().lastOffset() + 1, (offset, example, timestamp) -> count.incrementAndGet());
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
            log.read(log.first(), end, (offset, example, timestamp) -> {
                training.train(offset, example);
                count.addAndGet(training.lastWasLearned() ? 0 : 1);
            });
        } catch (DivergedException e) {
            return 0; // So the run did not begin there: it published a version.
        }
        return count.get();
    }

    private List<Claim> withoutTrained(List<Claim> claims, ExampleLog log) {
        List<Claim> trained =
                claims.stream().filter(claim -> claim.examples() > 0).toList();
        findings.add(unverifiable(
                trained,
                "they were trained on records before offset %d of %s, which retention has removed"
                        .formatted(log.first(), log.topic())));
        return claims.stream().filter(claim -> claim.examples() == 0).toList();
    }

    private static Finding unverifiable(List<Claim> claims, String why) {
        long first = claims.stream().mapToLong(Claim::version).min().orElse(0);
        long last = claims.stream().mapToLong(Claim::version).max().orElse(0);
        return Finding.of(
                Finding.Kind.UNVERIFIABLE,
                first,
                last,
                "%s of %s cannot be verified: %s"
                        .formatted(
                                Finding.versions(first, last),
                                claims.getFirst().id().model(),
                                why));
    }
}
