package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.dataset.Images;
import dev.inkstream.stream.runtime.TopicCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/// What the feed commands do: look at the topic, send until the end or the stop signal, say how many.
///
/// @param limit the most images to send
record FeedRun(Terminal terminal, StopSignal stop, Kind kind, long limit) {

    private static final int MNIST_CLASSES = 10;

    /// What is sent.
    enum Kind {
        IMAGES("image"),
        LABELS("label"),
        LABELED_IMAGES("labeled image"),
        HOLDOUT_IMAGES("holdout image");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }
    }

    /// @param images loaded once the topic is known to be there
    void run(KafkaOptions kafka, Feeder.Plan plan, Supplier<Images> images) throws InterruptedException {
        run(kafka, plan, Duration.ZERO, images);
    }

    /// @param delay of labels; zero for all else
    /// @param images loaded once the topic is known to be there
    void run(KafkaOptions kafka, Feeder.Plan plan, Duration delay, Supplier<Images> images)
            throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, List.of(plan.topic()));
        }
        // Before the images, which may have to be downloaded, and before the clock of the rate starts.
        SchemaRegistry registry = kafka.registry(settings, stop, terminal.err()::println);
        plan.topic().register(new AvroSerdes(registry));
        Images set = images.get();
        sayWhatRolesNeed(set);
        long sent;
        Duration time;
        try (Feeder feeder = new Feeder(settings, registry, InstantSource.system());
                FeedProgress progress = FeedProgress.on(terminal, total(set, plan))) {
            long start = System.nanoTime();
            sent = send(feeder, set, plan, delay, goOn(progress));
            time = Duration.ofNanos(System.nanoTime() - start);
        }
        say(plan.topic().name(), sent, time);
    }

    /// Roles take MNIST's format by default, and everything else becomes a dead letter.
    private void sayWhatRolesNeed(Images set) {
        if (!set.imageSize().equals(ImageSize.MNIST) || set.classes() != MNIST_CLASSES) {
            terminal.err()
                    .println("These images need classifier, trainer and evaluator with --image-size %s --classes %d."
                            .formatted(set.imageSize(), set.classes()));
            terminal.err().flush();
        }
    }

    private long send(Feeder feeder, Images set, Feeder.Plan plan, Duration delay, LongPredicate goOn) {
        return switch (kind) {
            case IMAGES -> feeder.images(set, plan, goOn);
            case LABELS -> feeder.labels(sent -> set, plan, delay, goOn);
            case LABELED_IMAGES, HOLDOUT_IMAGES -> feeder.labeled(set, plan, goOn);
        };
    }

    private LongPredicate goOn(FeedProgress progress) {
        return sent -> {
            progress.sent(sent);
            return sent < limit && !stop.isRequested();
        };
    }

    /// -1 without an end.
    private long total(Images set, Feeder.Plan plan) {
        if (plan.epochs() == 0) {
            return limit == Long.MAX_VALUE ? -1 : limit;
        }
        return Math.min(limit, (long) plan.epochs() * set.size());
    }

    private void say(String topic, long sent, Duration time) {
        double seconds = Math.max(1, time.toMillis()) / 1e3;
        terminal.out()
                .println("%ssent %s to %s in %s s (%s/s)"
                        .formatted(
                                stop.isRequested() ? "stopped: " : "",
                                Text.count(sent, kind.noun),
                                topic,
                                Text.decimals(seconds, 1),
                                Text.count(Math.round(sent / seconds))));
    }
}
