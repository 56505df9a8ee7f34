package dev.inkstream.app.warmup;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Starts all roles as their commands do, has them train, classify, join and evaluate drawn digits, and stops them.
///
/// @param program runs the commands, against a broker without topics
record WarmUp(QuietProgram program) {
    private static final int LABELED = 8_000;
    private static final int IMAGES = 4_000;
    private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

    /// How long the roles may take for all of it.
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /// How long each role may take to stop: longer than a role waits for its own threads.
    private static final Duration STOP = StopSignal.GRACE.plusSeconds(5);

    private static final List<List<String>> ROLES = List.of(
            List.of("evaluator"),
            List.of("trainer", "--snapshot-every", "100"),
            List.of("classifier"),
            List.of("labeler"));

    /// @throws UserException if a role fails, or has not done its part in time
    void run() {
        program.require(new StopSignal(), List.of("topics", "create"));
        StopSignal late = new StopSignal();
        CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .execute(late::request);
        RunningRoles roles = new RunningRoles(program, STOP, late::request);
        try {
            feedAndAwait(roles, late);
            program.require(new StopSignal(), List.of("models", "list"));
        } finally {
            roles.requestStop();
        }
        roles.awaitStop();
    }

    private void feedAndAwait(RunningRoles roles, StopSignal late) {
        Dataset digits = DrawnDigits.dataset(1, LABELED, IMAGES);
        KafkaSettings settings = KafkaSettings.at(program.address());
        try (Feeder feeder = new Feeder(settings, new InMemorySchemaRegistry(), InstantSource.system())) {
            feeder.labeled(digits.holdout(), once(TOPICS.holdoutImages()), sent -> true);
            ROLES.forEach(roles::start);
            feeder.labeled(digits.training(), once(TOPICS.labeledImages()), sent -> true);
            feeder.images(digits.holdout(), once(TOPICS.images()), sent -> true);
            feeder.labels(sent -> digits.holdout(), once(TOPICS.labels()), Duration.ZERO, sent -> true);
        }
        String all = Integer.toString(IMAGES);
        program.require(late, List.of("predictions", "--from-beginning", "--count", all));
        Arrivals arrivals = new Arrivals(new TopicReader(settings, late));
        arrivals.await(TOPICS.predictions(), IMAGES);
        // The labeler's come on top of those that were sent.
        arrivals.await(TOPICS.labeledImages(), LABELED + IMAGES);
        arrivals.await(TOPICS.evaluations(), 1);
    }

    private static Feeder.Plan once(Topic<String, ?> topic) {
        return new Feeder.Plan(topic, "digits", 1, null, 0);
    }
}
