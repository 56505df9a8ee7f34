package dev.inkstream.app.demo;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.live.LiveSettings;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.trainer.TrainerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The roles of a demo, what feeds them and what reads from them, against a broker that has the topics.
record DemoRun(Terminal terminal, DemoPlan plan, RoleFactory roles, Topics topics, Monitor monitor) {

    private static final Duration LIVE_WINDOW = Duration.ofSeconds(1);
    private static final Duration DRIFT_DELAY = Duration.ofMillis(500);

    /// Returns when the reporter has nothing to wait for and everything has stopped.
    void run(DemoReporter reporter) throws InterruptedException {
        Progress progress = new Progress();
        Streamed streamed = new Streamed(
                plan.data().holdout(),
                plan.live().change().map(DemoPlan.Change::drift),
                plan.live().labelDelay(),
                System::nanoTime);
        try (BackgroundTasks holdout = new BackgroundTasks()) {
            holdout.start(() -> feedHoldout(plan.data().holdout(), holdout));
            try (Role classifier = classifier();
                    Role evaluator = evaluator()) {
                // The trainer begins with version 0, which is scored on the holdout images that were there before it.
                holdout.awaitEnd();
                try (Role trainer = trainer();
                        BackgroundTasks background = new BackgroundTasks()) {
                    List.of(classifier, evaluator, trainer).forEach(role -> monitor.watch(role.health()));
                    background.failsWith(classifier.stopped());
                    background.failsWith(evaluator.stopped());
                    background.failsWith(trainer.stopped());
                    read(progress, streamed, background);
                    reporter.untilScored(() -> progress.latest().isPresent(), progress, background);
                    feed(progress, streamed, background);
                    reporter.untilDone(progress, background);
                }
            }
        }
        new Summary(terminal, plan.training().classNames()).print(progress);
    }

    private Role classifier() throws InterruptedException {
        return roles.classifier(
                new ClassifierSettings(topics, plan.settings().model(), plan.format()), 1, Optional.empty());
    }

    private Role evaluator() throws InterruptedException {
        return roles.evaluator(
                new EvaluatorSettings(
                        topics,
                        plan.settings().model(),
                        plan.format(),
                        plan.rules(),
                        LiveSettings.DEFAULT.withTimes(LIVE_WINDOW, DRIFT_DELAY)),
                1,
                Optional.of("demo"));
    }

    private Role trainer() throws InterruptedException {
        return roles.trainer(new TrainerSettings(topics, plan.settings(), plan.format()), Optional.of("demo"));
    }

    private void read(Progress progress, Streamed streamed, BackgroundTasks background) {
        ProgressReader reader = new ProgressReader(roles.settings(), roles.registry(), topics, streamed, progress);
        background.start(() -> reader.evaluations(background::goesOn));
        background.start(() -> reader.predictions(background::goesOn));
        background.start(() -> reader.liveEvaluations(background::goesOn));
        background.start(() -> reader.driftEvents(background::goesOn));
        background.start(() -> reader.decisions(background::goesOn));
    }

    /// Once version 0 is scored: the time that a plan may take begins then.
    private void feed(Progress progress, Streamed streamed, BackgroundTasks background) {
        background.start(() -> feedLabeledImages(progress, streamed, background));
        background.start(() -> feedImages(progress, streamed, background));
        background.start(() -> feedLabels(streamed, background));
        plan.live()
                .change()
                .ifPresent(change -> background.start(() -> changeHoldout(change.drift(), streamed, background)));
    }

    /// A holdout set that stays as it was would speak against every version that learns the change.
    private void changeHoldout(Drift drift, Streamed streamed, BackgroundTasks background) {
        if (background.pausedWhile(() -> !streamed.hasChanged())) {
            feedHoldout(drift.apply(plan.data().holdout()), background);
        }
    }

    private void feedHoldout(Images images, BackgroundTasks background) {
        Feeder.Plan feed = new Feeder.Plan(topics.holdoutImages(), ProgressReader.SET, 1, null, 0);
        try (Feeder feeder = feeder()) {
            feeder.labeled(images, feed, sent -> background.goesOn());
        }
    }

    /// Not further ahead of the trainer than a few versions, so that the rates shown are those of learning.
    private void feedLabeledImages(Progress progress, Streamed streamed, BackgroundTasks background) {
        long lead = Math.max(20_000, 4 * plan.examplesPerVersion());
        Feeder.Plan feed = new Feeder.Plan(
                topics.labeledImages(),
                "training",
                plan.epochs(),
                plan.settings().seed(),
                plan.rates().labeled());
        try (Feeder feeder = feeder()) {
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

    /// Not before a version has learned something. Until then guesses would be half of what is seen, and as partitions
    /// are read unevenly, they would come between what later versions say, and look like drift.
    private void feedImages(Progress progress, Streamed streamed, BackgroundTasks background) {
        if (!background.pausedWhile(() -> awaitsFirstVersion(progress))) {
            return;
        }
        try (Feeder feeder = feeder()) {
            feeder.images(
                    streamed::image, streamed(topics.images(), plan.rates().unlabeled()), sent -> {
                        streamed.sent(sent);
                        return background.goesOn();
                    });
        }
    }

    /// False if there are too few images to learn from for a version.
    private boolean awaitsFirstVersion(Progress progress) {
        return progress.trained() == 0 && (long) plan.epochs() * plan.training().size() >= plan.examplesPerVersion();
    }

    private void feedLabels(Streamed streamed, BackgroundTasks background) {
        try (Feeder feeder = feeder()) {
            feeder.labels(
                    streamed::label,
                    streamed(topics.labels(), 0),
                    Duration.ZERO,
                    sent -> background.pausedWhile(() -> !streamed.labelIsDue(sent)));
        }
    }

    private Feeder.Plan streamed(Topic<String, ?> topic, double perSecond) {
        return new Feeder.Plan(topic, ProgressReader.SET, 0, plan.settings().seed(), perSecond);
    }

    private Feeder feeder() {
        return new Feeder(roles.settings(), roles.registry(), InstantSource.system());
    }
}
