package dev.inkstream.app.origin;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.verify.Claim;
import dev.inkstream.app.verify.ExampleLog;
import dev.inkstream.app.verify.ImageSizeOption;
import dev.inkstream.app.verify.KafkaExampleLog;
import dev.inkstream.app.verify.KafkaWeights;
import dev.inkstream.app.verify.ModelRun;
import dev.inkstream.app.verify.PublishedClaims;
import dev.inkstream.app.verify.ReadAhead;
import dev.inkstream.app.verify.RunStart;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import java.util.List;

/// The run of a model that a version belongs to, with all that training it again needs.
///
/// @param format of the images that it takes
/// @param start where it began in the log
record VersionRun(ModelRun run, Training.Settings settings, ImageFormat format, ExampleLog log, RunStart start) {

    /// @throws UserException if it cannot be trained again
    static VersionRun of(OriginTopics topics, ModelVersion version, ImageSizeOption size) throws InterruptedException {
        ModelRun run = runs(topics, version.model()).stream()
                .filter(each -> each.claims().stream().map(Claim::id).anyMatch(version::equals))
                .reduce((first, last) -> last)
                .orElseThrow(() -> cannot(version, "its record on weight-snapshots is gone"));
        return of(topics, run, version, size);
    }

    /// The last run of a model.
    ///
    /// @throws UserException if there is none, or it cannot be trained again
    static VersionRun last(OriginTopics topics, String model, ImageSizeOption size) throws InterruptedException {
        List<ModelRun> runs = runs(topics, model);
        if (runs.isEmpty()) {
            throw VersionChoice.none(model);
        }
        ModelRun run = runs.getLast();
        return of(topics, run, run.claims().getLast().id(), size);
    }

    private static List<ModelRun> runs(OriginTopics topics, String model) throws InterruptedException {
        return ModelRun.of(PublishedClaims.read(topics.access()).of(model));
    }

    private static VersionRun of(OriginTopics topics, ModelRun run, ModelVersion version, ImageSizeOption size) {
        Training.Settings settings = settings(topics, run, version);
        ImageFormat format = size.format(settings);
        ExampleLog log = new ReadAhead(KafkaExampleLog.open(topics.access(), settings, format));
        RunStart start = RunStart.of(run, settings, log);
        if (start.lost()) {
            throw cannot(
                    version,
                    "it was trained on records before offset %d of %s, which retention has removed"
                            .formatted(log.first(), log.topic()));
        }
        return new VersionRun(run, settings, format, log, start);
    }

    private static Training.Settings settings(OriginTopics topics, ModelRun run, ModelVersion version) {
        Training.Settings settings;
        try {
            settings = Training.Settings.parse(run.model(), run.training());
        } catch (IllegalArgumentException e) {
            throw cannot(version, String.valueOf(e.getMessage()));
        }
        if (settings.beginning().without().isPresent()) {
            throw cannot(version, "it leaves out records already; name the version that it was rebuilt from");
        }
        return run.begun(settings, new KafkaWeights(topics.access()))
                .orElseThrow(() -> cannot(version, "the weights that it started from are on no topic"));
    }

    static UserException cannot(ModelVersion version, String why) {
        return new UserException("%s cannot be trained again: %s".formatted(version, why));
    }

    /// What the run says of a version.
    Claim claim(ModelVersion version) {
        return run.claims().stream()
                .filter(claim -> claim.id().equals(version))
                .findFirst()
                .orElseThrow();
    }
}
