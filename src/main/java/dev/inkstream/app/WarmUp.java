package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.DrawnDigits;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts all roles as their commands do, has them train, classify and join drawn digits, and stops them.
///
/// @param terminal gets the roles' failures
/// @param address of a broker without topics
record WarmUp(Terminal terminal, String address) {
    private static final int LABELED = 8_000;
    private static final int IMAGES = 4_000;
    private static final long PATIENCE_SECONDS = 120;

    private static final List<List<String>> ROLES = List.of(
            List.of("evaluator"),
            List.of("trainer", "--snapshot-every", "100"),
            List.of("classifier"),
            List.of("labeler"));

    /// @throws UserException if the roles do not get as far as to predict all images
    void run() throws InterruptedException {
        require(command(new StopSignal(), List.of("topics", "create")));
        Dataset digits = DrawnDigits.dataset(1, LABELED, IMAGES);
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        StopSignal end = new StopSignal();
        try (Feeder feeder =
                new Feeder(KafkaSettings.at(address), new InMemorySchemaRegistry(), InstantSource.system())) {
            feeder.labeled(digits.holdout(), once(topics.holdoutImages()), sent -> true);
            List<Thread> roles = ROLES.stream().map(role -> start(role, end)).toList();
            try {
                feeder.labeled(digits.training(), once(topics.labeledImages()), sent -> true);
                feeder.images(digits.holdout(), once(topics.images()), sent -> true);
                feeder.labels(sent -> digits.holdout(), once(topics.labels()), Duration.ZERO, sent -> true);
                awaitPredictions();
                require(command(new StopSignal(), List.of("models", "list")));
            } finally {
                end.request();
                for (Thread role : roles) {
                    role.join();
                }
            }
        }
    }

    private static Feeder.Plan once(Topic<String, ?> topic) {
        return new Feeder.Plan(topic, "digits", 1, null, 0);
    }

    private Thread start(List<String> role, StopSignal end) {
        List<String> arguments = new ArrayList<>(role);
        arguments.addAll(List.of("--monitor-port", "0"));
        StopSignal stop = new StopSignal();
        var _ = end.requested().thenRun(stop::request);
        return Thread.ofPlatform().name("warm-up-" + role.getFirst()).start(() -> {
            int _ = command(stop, arguments);
        });
    }

    private void awaitPredictions() {
        StopSignal late = new StopSignal();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(late::request);
        require(command(late, List.of("predictions", "--from-beginning", "--count", Integer.toString(IMAGES))));
        if (late.isRequested()) {
            throw new UserException(
                    "the roles have not predicted %,d images in %d s".formatted(IMAGES, PATIENCE_SECONDS));
        }
    }

    private int command(StopSignal stop, List<String> arguments) {
        Terminal quiet = new Terminal(
                new PrintWriter(Writer.nullWriter()), terminal.err(), Terminal.Screen.PLAIN, terminal.env());
        return new Main(quiet, stop)
                .run(Stream.concat(arguments.stream(), Stream.of("--bootstrap-server", address))
                        .toArray(String[]::new));
    }

    private static void require(int status) {
        if (status != 0) {
            throw new UserException("a command of the warm-up failed with status " + status);
        }
    }
}
