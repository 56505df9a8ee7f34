package dev.inkstream.app.demo;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.Brokers;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicCreation;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.Roles;
import dev.inkstream.record.InMemorySchemaRegistry;
import dev.inkstream.record.SchemaRegistry;
import dev.inkstream.stream.ClassifierTopology;
import dev.inkstream.stream.EvaluatorTopology;
import dev.inkstream.stream.PromotionPolicy;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.TrainerTopology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/// Starts everything in the order in which it depends on each other, and stops it in the opposite one.
///
/// @param monitor of all its roles
record Demo(Terminal terminal, StopSignal stop, DemoPlan plan, Monitor monitor) {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Returns when the plan is done, or the stop signal came.
    ///
    /// @param startNanos when the program started, by `System.nanoTime`
    /// @param addition what the ready line says besides
    void run(long startNanos, String addition) throws InterruptedException {
        Display display = new Display(terminal);
        display.line(plan.data().description());
        try (EmbeddedBroker broker = EmbeddedBroker.start(plan.port())) {
            KafkaSettings settings = KafkaSettings.at(broker.address());
            SchemaRegistry registry = new InMemorySchemaRegistry();
            Topics topics = new Topics(Topics.DEFAULT_PREFIX);
            try (Admin admin = Brokers.connect(settings, PATIENCE)) {
                TopicCreation.create(admin, topics.specs(PARTITIONS), Optional.empty());
                feedHoldout(settings, registry, topics);
                display.line("Kafka is ready on " + broker.address() + addition + "; training "
                        + plan.settings().describe());
                run(
                        new Roles(settings, admin, registry, monitor.meters(), line -> {}),
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
        ProgressReader reader = new ProgressReader(
                roles.settings(), roles.registry(), topics, plan.data().holdout(), progress);
        try (Role classifier = roles.classifier(
                        new ClassifierTopology.Settings(topics, model, plan.format()), 1, Optional.empty());
                Role evaluator = roles.evaluator(
                        new EvaluatorTopology.Settings(topics, model, plan.format(), PromotionPolicy.always()),
                        Optional.of("demo"));
                Role trainer = roles.trainer(
                        new TrainerTopology.Settings(topics, plan.settings(), plan.format()), Optional.of("demo"));
                Background background = new Background()) {
            List.of(classifier, evaluator, trainer).forEach(monitor::watch);
            background.start(() -> reader.evaluations(background::goesOn));
            background.start(() -> reader.predictions(background::goesOn));
            background.start(() -> feedLabels(roles, topics, progress, background));
            background.start(() -> feedImages(roles, topics, background));
            background.failsWith(classifier.stopped());
            background.failsWith(evaluator.stopped());
            background.failsWith(trainer.stopped());
            watch.untilDone(progress, background);
        }
        new Summary(terminal).print(progress, plan.data().holdout());
    }

    /// Not further ahead of the trainer than a few versions, so that the rates shown are those of learning.
    private void feedLabels(Roles roles, Topics topics, Progress progress, Background background) {
        long lead = Math.max(20_000, 4 * plan.examplesPerVersion());
        Feeder.Plan feed = new Feeder.Plan(
                topics.labeledImages(),
                "training",
                plan.epochs(),
                plan.settings().seed(),
                plan.rates().labeled());
        try (Feeder feeder = new Feeder(roles.settings(), roles.registry(), InstantSource.system())) {
            feeder.labeled(
                    plan.training(), feed, sent -> background.pausedWhile(() -> sent - progress.trained() >= lead));
        }
    }

    private void feedImages(Roles roles, Topics topics, Background background) {
        Feeder.Plan feed = new Feeder.Plan(
                topics.images(),
                ProgressReader.SET,
                0,
                plan.settings().seed(),
                plan.rates().unlabeled());
        try (Feeder feeder = new Feeder(roles.settings(), roles.registry(), InstantSource.system())) {
            feeder.images(plan.data().holdout(), feed, sent -> background.goesOn());
        }
    }
}
