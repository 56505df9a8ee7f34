package dev.inkstream.app.demo;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.Roles;
import dev.inkstream.stream.ClassifierTopology;
import dev.inkstream.stream.EvaluatorTopology;
import dev.inkstream.stream.PromotionPolicy;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.TrainerTopology;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The roles of a demo, what feeds them and what reads from them, against a broker that has the topics.
record DemoRun(Terminal terminal, DemoPlan plan, Roles roles, Topics topics, Monitor monitor) {

    /// Returns when the watch is over and everything has stopped.
    void run(Watch watch) throws InterruptedException {
        Progress progress = new Progress();
        try (Background holdout = new Background()) {
            holdout.start(() -> feedHoldout(holdout));
            try (Role classifier = classifier();
                    Role evaluator = evaluator()) {
                // The trainer begins with version 0, which is scored on the holdout images that were there before it.
                holdout.awaitEnd();
                try (Role trainer = trainer();
                        Background background = new Background()) {
                    List.of(classifier, evaluator, trainer).forEach(monitor::watch);
                    background.failsWith(classifier.stopped());
                    background.failsWith(evaluator.stopped());
                    background.failsWith(trainer.stopped());
                    feedAndRead(progress, background);
                    watch.untilDone(progress, background);
                }
            }
        }
        new Summary(terminal).print(progress, plan.data().holdout());
    }

    private Role classifier() throws InterruptedException {
        return roles.classifier(
                new ClassifierTopology.Settings(topics, plan.settings().model(), plan.format()), 1, Optional.empty());
    }

    private Role evaluator() throws InterruptedException {
        return roles.evaluator(
                new EvaluatorTopology.Settings(
                        topics, plan.settings().model(), plan.format(), PromotionPolicy.always()),
                Optional.of("demo"));
    }

    private Role trainer() throws InterruptedException {
        return roles.trainer(new TrainerTopology.Settings(topics, plan.settings(), plan.format()), Optional.of("demo"));
    }

    private void feedAndRead(Progress progress, Background background) {
        ProgressReader reader = new ProgressReader(
                roles.settings(), roles.registry(), topics, plan.data().holdout(), progress);
        background.start(() -> reader.evaluations(background::goesOn));
        background.start(() -> reader.predictions(background::goesOn));
        background.start(() -> feedLabels(progress, background));
        background.start(() -> feedImages(background));
    }

    private void feedHoldout(Background background) {
        Feeder.Plan feed = new Feeder.Plan(topics.holdoutImages(), ProgressReader.SET, 1, null, 0);
        try (Feeder feeder = feeder()) {
            feeder.labeled(plan.data().holdout(), feed, sent -> background.goesOn());
        }
    }

    /// Not further ahead of the trainer than a few versions, so that the rates shown are those of learning.
    private void feedLabels(Progress progress, Background background) {
        long lead = Math.max(20_000, 4 * plan.examplesPerVersion());
        Feeder.Plan feed = new Feeder.Plan(
                topics.labeledImages(),
                "training",
                plan.epochs(),
                plan.settings().seed(),
                plan.rates().labeled());
        try (Feeder feeder = feeder()) {
            feeder.labeled(
                    plan.training(), feed, sent -> background.pausedWhile(() -> sent - progress.trained() >= lead));
        }
    }

    private void feedImages(Background background) {
        Feeder.Plan feed = new Feeder.Plan(
                topics.images(),
                ProgressReader.SET,
                0,
                plan.settings().seed(),
                plan.rates().unlabeled());
        try (Feeder feeder = feeder()) {
            feeder.images(plan.data().holdout(), feed, sent -> background.goesOn());
        }
    }

    private Feeder feeder() {
        return new Feeder(roles.settings(), roles.registry(), InstantSource.system());
    }
}
