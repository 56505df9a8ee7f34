package dev.inkstream.app.verify;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.Weights;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.Training;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// Trains the runs of a model again from the log, and compares their versions. Not thread-safe.
///
/// @param logs opens the log with the images that a model of these settings takes
/// @param snapshots gives the weights of the record at an offset of `weight-snapshots`
/// @param exclusions the records that a rebuilt version leaves out, where they are known
record ModelVerification(
        Function<Training.Settings, ExampleLog> logs,
        LongFunction<Weights> snapshots,
        Optional<Exclusions> exclusions,
        Findings findings) {

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
        return begin(run, settings, claims);
    }

    /// What is needed besides the log: the weights that training began with, and which records it left out.
    private long begin(ModelRun run, Training.Settings settings, List<Claim> claims) {
        Beginning beginning = settings.beginning();
        if (beginning.without().isPresent() && exclusions.isEmpty()) {
            findings.add(unverifiable(
                    claims,
                    "it was trained without %s before its end; name all that were left out with --without or --from-file"
                            .formatted(Text.count(beginning.without().get().records(), "record"))));
            return 0;
        }
        Optional<Training.Settings> begun = run.begun(settings, snapshots);
        if (begun.isEmpty()) {
            findings.add(unverifiable(claims, "the weights that training began with are on no topic"));
            return 0;
        }
        return replay(run, begun.get(), claims);
    }

    private long replay(ModelRun run, Training.Settings settings, List<Claim> claims) {
        ExampleLog log = logs.apply(settings);
        List<Claim> there = withoutThoseAfter(log, claims);
        RunStart start = RunStart.of(run, settings, log);
        if (start.lost()) {
            there = withoutTrained(there, log);
        }
        Replay replay = new Replay(log.topic(), settings, there, findings);
        boolean leavesOut = settings.beginning().without().isPresent();
        long last = there.stream().mapToLong(Claim::lastOffset).max().orElse(-1);
        start.read(log, last + 1, example -> {
            if (!leavesOut || !exclusions.orElseThrow().excludes(example)) {
                replay.train(example);
            }
        });
        replay.finish();
        if (leavesOut
                && !settings.beginning().without().equals(exclusions.map(named -> named.met(start.from(), last)))) {
            findings.add(unverifiable(claims, "the records that were named are others than it was trained without"));
        }
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
