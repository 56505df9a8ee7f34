package dev.inkstream.app.verify;

import dev.inkstream.record.Weights;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// The versions of a model from its initial weights on, in the order of `weight-snapshots`. A model that was started
/// again under the same name has several runs. Immutable.
public record ModelRun(List<Claim> claims) {
    public ModelRun {
        claims = List.copyOf(claims);
    }

    /// The runs of one model: each but the first begins with a version 0.
    public static List<ModelRun> of(List<Claim> claims) {
        List<ModelRun> runs = new ArrayList<>();
        List<Claim> open = new ArrayList<>();
        for (Claim claim : claims) {
            if (claim.version() == 0 && !open.isEmpty()) {
                runs.add(new ModelRun(open));
                open = new ArrayList<>();
            }
            open.add(claim);
        }
        if (!open.isEmpty()) {
            runs.add(new ModelRun(open));
        }
        return runs;
    }

    public String model() {
        return claims.getFirst().id().model();
    }

    /// The settings that it began with.
    public String training() {
        return claims.getFirst().training();
    }

    /// The settings with the initial weights that they name: one of the versions has them.
    ///
    /// @param snapshots gives the weights of the record at an offset of `weight-snapshots`
    /// @return empty if no version has them any more
    public Optional<Training.Settings> begun(Training.Settings settings, LongFunction<Weights> snapshots) {
        Beginning beginning = settings.beginning();
        if (beginning.initial().isEmpty()) {
            return Optional.of(settings);
        }
        return claims.stream()
                .filter(claim -> claim.id().weights().equals(beginning.initial().get()))
                .findFirst()
                .map(claim -> settings.with(beginning.with(snapshots.apply(claim.at()))));
    }

    /// Says that this run is not the model's first.
    Finding startedAgain(String topic) {
        long at = claims.getFirst().at();
        return Finding.of(
                Finding.Kind.STARTED_AGAIN,
                claims.getFirst().version(),
                claims.getLast().version(),
                "%s was started again at %s@%d, from initial weights".formatted(model(), topic, at));
    }

    /// Reports the versions that `weight-snapshots` does not have.
    void findGaps(String topic, Findings findings) {
        TreeSet<Long> versions = new TreeSet<>();
        claims.forEach(claim -> versions.add(claim.version()));
        long expected = 0;
        for (long version : versions) {
            if (version > expected) {
                findings.add(Finding.of(
                        Finding.Kind.MISSING,
                        expected,
                        version - 1,
                        "%s of %s cannot be verified: %s has no record of %s"
                                .formatted(
                                        Finding.versions(expected, version - 1),
                                        model(),
                                        topic,
                                        version - 1 == expected ? "it" : "them")));
            }
            expected = version + 1;
        }
    }
}
