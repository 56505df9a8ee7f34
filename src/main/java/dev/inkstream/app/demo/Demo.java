package dev.inkstream.app.demo;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicCreation;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.Roles;
import dev.inkstream.dataset.Images;
import dev.inkstream.record.InMemorySchemaRegistry;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.stream.ClassifierTopology;
import dev.inkstream.stream.EvaluatorTopology;
import dev.inkstream.stream.LiveSettings;
import dev.inkstream.stream.PromotionPolicy;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.TrainerTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/// Starts everything in the order in which it depends on each other, and stops it in the opposite one.
record Demo(Terminal terminal, StopSignal stop, DemoPlan plan) {
    private static final int PARTITIONS = 4;
    private static final Duration LIVE_WINDOW = Duration.ofSeconds(1);
    private static final Duration DRIFT_DELAY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Returns when the plan is done, or the stop signal came.
    ///
    /// @param startNanos when the program started, by `System.nanoTime`
    void run(long startNanos) throws InterruptedException {
        Display display = new Display(terminal);
        display.line(plan.data().description());
        try (EmbeddedBroker broker = EmbeddedBroker.start(plan.port())) {
            KafkaSettings settings = KafkaSettings.at(broker.address());
            SchemaRegistry registry = new InMemorySchemaRegistry();
            Topics topics = new Topics(Topics.DEFAULT_PREFIX);
            try (Admin admin = Brokers.connect(settings, PATIENCE)) {
                TopicCreation.create(admin, topics.specs(PARTITIONS), Optional.empty());
                feedHoldout(settings, registry, topics);
                display.line("Kafka is ready on " + broker.address() + "; training "
                        + plan.settings().describe());
                plan.live()
                        .change()
                        .ifPresent(change -> display.line("After " + Text.count(change.at()) + " labeled images, "
                                + change.drift() + " changes all images but the holdout set"));
                run(
                        new Roles(settings, admin, registry, new SimpleMeterRegistry(), line -> {}),
                        topics,
                        new Watch(stop, plan, display, startNanos));
            }
        }
    }

    private void feedHoldout(KafkaSettings settings, SchemaRegistry registry, Topics topics) {
        try (Feeder feeder = new Feeder(settings, registry, InstantSource.system())) {
            feeder.labeled(
                    plan.data().holdout(),
                    new Feeder.Plan(topics.holdoutImages(), ProgressReader.SET, 1, null, 0),
                    sent -> !stop.isRequested());
        }
    }

    private void run(Roles roles, Topics topics, Watch watch) throws InterruptedException {
        String model = plan.settings().model();
        Progress progress = new Progress();
        Streamed streamed = new Streamed(
                plan.data().holdout(),
                plan.live().change().map(DemoPlan.Change::drift),
                plan.live().labelDelay());
        ProgressReader reader = new ProgressReader(roles.settings(), roles.registry(), topics, streamed, progress);
        try (Role classifier = roles.classifier(
                        new ClassifierTopology.Settings(topics, model, plan.format()), 1, Optional.empty());
                Role evaluator = roles.evaluator(
                        new EvaluatorTopology.Settings(
                                topics,
                                model,
                                plan.format(),
                                PromotionPolicy.always(),
                                LiveSettings.DEFAULT.withTimes(LIVE_WINDOW, DRIFT_DELAY)),
                        Optional.of("demo"));
                Role trainer = roles.trainer(
                        new TrainerTopology.Settings(topics, plan.settings(), plan.format()), Optional.of("demo"));
                Background background = new Background()) {
            background.start(() -> reader.evaluations(background::goesOn));
            background.start(() -> reader.predictions(background::goesOn));
            background.start(() -> reader.liveEvaluations(background::goesOn));
            background.start(() -> reader.driftEvents(background::goesOn));
            background.start(() -> feedLabeledImages(roles, topics, progress, streamed, background));
            background.start(() -> feedImages(roles, topics, progress, streamed, background));
            background.start(() -> feedLabels(roles, topics, streamed, background));
            background.failsWith(classifier.stopped());
            background.failsWith(evaluator.stopped());
            background.failsWith(trainer.stopped());
            watch.untilDone(progress, background);
        }
        new Summary(terminal).print(progress);
    }

    /// Not further ahead of the trainer than a few versions, so that the rates shown are those of learning.
    private void feedLabeledImages(
            Roles roles, Topics topics, Progress progress, Streamed streamed, Background background) {
        long lead = Math.max(20_000, 4 * plan.examplesPerVersion());
        Feeder.Plan feed = new Feeder.Plan(
                topics.labeledImages(),
                "training",
                plan.epochs(),
                plan.settings().seed(),
                plan.rates().labeled());
        try (Feeder feeder = new Feeder(roles.settings(), roles.registry(), InstantSource.system())) {
            feeder.labeled(
                    training(streamed), feed, sent -> background.pausedWhile(() -> sent - progress.trained() >= lead));
        }
    }

    /// What is streamed changes when the first changed image is sent to be learned from.
    private Feeder.Source training(Streamed streamed) {
        if (plan.live().change().isEmpty()) {
            return sent -> plan.training();
        }
        DemoPlan.Change change = plan.live().change().get();
        Images changed = change.drift().apply(plan.training());
        return sent -> {
            if (sent < change.at()) {
                return plan.training();
            }
            streamed.change();
            return changed;
        };
    }

    /// Not before there is a version to classify with: what piled up would be classified partition by partition, and
    /// live accuracy would begin with a muddle of versions.
    private void feedImages(Roles roles, Topics topics, Progress progress, Streamed streamed, Background background) {
        if (!background.pausedWhile(() -> progress.latest().isEmpty())) {
            return;
        }
        try (Feeder feeder = new Feeder(roles.settings(), roles.registry(), InstantSource.system())) {
            feeder.images(
                    streamed::image, streamed(topics.images(), plan.rates().unlabeled()), sent -> {
                        streamed.sent(sent);
                        return background.goesOn();
                    });
        }
    }

    private void feedLabels(Roles roles, Topics topics, Streamed streamed, Background background) {
        try (Feeder feeder = new Feeder(roles.settings(), roles.registry(), InstantSource.system())) {
            feeder.labels(
                    streamed::label,
                    streamed(topics.labels(), 0),
                    sent -> background.pausedWhile(() -> !streamed.labelIsDue(sent)));
        }
    }

    private Feeder.Plan streamed(String topic, double perSecond) {
        return new Feeder.Plan(topic, ProgressReader.SET, 0, plan.settings().seed(), perSecond);
    }
}
