package dev.inkstream.app.role;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.classifier.ClassifierTopology;
import dev.inkstream.classifier.ServingModel;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.EvaluatorTopology;
import dev.inkstream.evaluator.KafkaPastRecords;
import dev.inkstream.evaluator.PastRecords;
import dev.inkstream.labeler.LabelerSettings;
import dev.inkstream.labeler.LabelerTopology;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.TopicUse;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.Profile;
import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import dev.inkstream.stream.runtime.TopicCheck;
import dev.inkstream.stream.runtime.TopicLimits;
import dev.inkstream.trainer.KafkaLabeledLog;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.TrainerTopology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.streams.Topology;

/// Starts roles against one cluster: looks at the topics, then puts topology and runner together.
///
/// @param settings how to reach the cluster
/// @param admin of the same cluster; the caller closes it
/// @param meters where the roles count what they do
/// @param notices takes a line for a person when something happens; called from any thread
/// @param offsets where the roles resume
/// @param stop ends what is read at the start
/// @param profile what the roles favor
public record RoleFactory(
        KafkaSettings settings,
        Admin admin,
        SchemaRegistry registry,
        MeterRegistry meters,
        Consumer<String> notices,
        StartOffsets offsets,
        StopSignal stop,
        Profile profile) {
    /// Timeout of the topic check behind `/readyz`.
    private static final int PATIENCE_MILLIS = 2_000;

    /// Starts roles that resume as usual, and that nothing stops while they start.
    public RoleFactory(
            KafkaSettings settings,
            Admin admin,
            SchemaRegistry registry,
            MeterRegistry meters,
            Consumer<String> notices) {
        this(settings, admin, registry, meters, notices, StartOffsets.USUAL, new StopSignal(), Profile.USUAL);
    }

    /// The same, resuming elsewhere.
    RoleFactory resumingAt(StartOffsets other) {
        return new RoleFactory(settings, admin, registry, meters, notices, other, stop, profile);
    }

    /// The same; a stop that is requested while they start ends that with an [InterruptedException].
    public RoleFactory stoppedBy(StopSignal other) {
        return new RoleFactory(settings, admin, registry, meters, notices, offsets, other, profile);
    }

    /// The same with another profile.
    RoleFactory with(Profile other) {
        return new RoleFactory(settings, admin, registry, meters, notices, offsets, stop, other);
    }

    /// A classifier, which waits for the first weights before it takes an image.
    ///
    /// @param instanceId empty for a dynamic group member
    public Role classifier(ClassifierSettings classifier, int threads, Optional<String> instanceId)
            throws InterruptedException {
        Topics topics = classifier.topics();
        TopicReadiness present = check(classifier.topicUse());
        ServedVersions.Found found = new ServedVersions(reader(), topics, registry)
                .requireFit("classifier", classifier.model(), classifier.format());
        ServingModel serving = new ServingModel(found.known());
        MeterRegistry meters = metersOf(tags("classifier", classifier.model()));
        StreamsRunner runner = runner(
                new ClassifierTopology(classifier, registry, serving, meters).get(),
                new StreamsSettings(
                        classifier.applicationId(),
                        instanceId,
                        threads,
                        settings.streams(),
                        classifier.limits(limits(classifier.topicUse(), classifier.applicationId())),
                        profile),
                meters);
        announce("classifier", runner, topics);
        if (offsets.latest()) {
            runner.beginAtEndOf(topics.images().name());
        }
        runner.startPaused();
        found.fallback()
                .filter(snapshot -> serving.fallBackTo(snapshot, classifier.format()))
                .ifPresent(snapshot -> notices.accept("classifier: no record of model " + classifier.model() + " on "
                        + topics.servingWeights().name() + " can be used; falls back to " + snapshot.id()
                        + ", the last version promoted, from "
                        + topics.weightSnapshots().name()));
        if (serving.current().isEmpty()) {
            notices.accept("classifier: waiting for the first weights of model " + classifier.model() + " on "
                    + topics.servingWeights().name());
        }
        var _ = serving.first().thenAccept(first -> {
            // What was restored may be many versions, of which the last one serves.
            notices.accept("classifier: classifies with "
                    + serving.current().map(ServingModel.Loaded::id).orElse(first.id()));
            runner.resume();
        });
        return role("classifier", runner, () -> present.get().or(() -> lacksWeights(serving)));
    }

    /// A trainer of a model that begins with the whole log, or has begun.
    public Role trainer(TrainerSettings trainer, Optional<String> instanceId) throws InterruptedException {
        return trainer(trainer, TrainingStart.USUAL, instanceId);
    }

    /// A trainer: one thread, since there is one partition.
    ///
    /// @param start where a new model begins
    Role trainer(TrainerSettings wanted, TrainingStart start, Optional<String> instanceId) throws InterruptedException {
        TopicReadiness present = check(wanted.topicUse());
        TrainerSettings trainer = begun(wanted, start);
        MeterRegistry meters = metersOf(tags("trainer", trainer.training().model()));
        TrainerSettings named = trainer.publishedBy(publisher(trainer, instanceId));
        LargestRecords limits = trainer.limits(limits(trainer.topicUse(), trainer.applicationId()));
        String log = trainer.topics().labeledImages().name();
        StreamsRunner runner = runner(
                new TrainerTopology(
                                named,
                                registry,
                                new KafkaLabeledLog(settings.consumer(), log, limits.accepted(log)),
                                meters)
                        .get(),
                new StreamsSettings(trainer.applicationId(), instanceId, 1, settings.streams(), limits, profile),
                meters);
        trainer.training().beginning().from().ifPresent(offset -> runner.beginAt(log, offset));
        return start("trainer", runner, present, trainer.topics());
    }

    private void requireOwnName(TrainerSettings trainer) throws InterruptedException {
        Topic<String, WeightSnapshot> topic = trainer.topics().weightSnapshots();
        OperatorVersion found =
                new OperatorVersion(trainer.training().model(), topic.decoder(new AvroSerdes(registry)));
        reader().readAll(List.of(topic), found::add);
        found.requireNone();
    }

    private TrainerSettings begun(TrainerSettings trainer, TrainingStart start) throws InterruptedException {
        String model = trainer.training().model();
        Optional<byte[]> checkpoint = new TrainedCheckpoint(reader(), admin).last(trainer);
        if (checkpoint.isEmpty()) {
            requireOwnName(trainer);
            String log = trainer.topics().labeledImages().name();
            return trainer.from(start.ofNew(() -> TrainingStart.Log.of(admin, log)));
        }
        TrainerSettings begun = trainer.from(start.ofBegun(model, trainer.beginningOf(checkpoint.get())));
        begun.requireFit(checkpoint.get());
        return begun;
    }

    /// A member without a name of its own is named by its application.
    private static Publisher publisher(TrainerSettings trainer, Optional<String> instanceId) {
        return new Publisher("trainer", instanceId.orElse(trainer.applicationId()), BuildVersion.name());
    }

    /// An evaluator. More threads share the live join; scoring and summing take one each.
    public Role evaluator(EvaluatorSettings evaluator, int threads, Optional<String> instanceId)
            throws InterruptedException {
        TopicReadiness present = check(evaluator.topicUse());
        new ServedVersions(reader(), evaluator.topics(), registry)
                .requireFit("evaluator", evaluator.model(), evaluator.format());
        MeterRegistry meters = metersOf(tags("evaluator", evaluator.model()));
        StreamsRunner runner = runner(
                new EvaluatorTopology(evaluator, registry, past(evaluator.topics()), meters).get(),
                new StreamsSettings(
                        evaluator.applicationId(),
                        instanceId,
                        threads,
                        StreamsSettings.withCache(EvaluatorTopology.CACHE_BYTES, settings.streams()),
                        evaluator.limits(limits(evaluator.topicUse(), evaluator.applicationId())),
                        profile),
                meters);
        return start("evaluator", runner, present, evaluator.topics());
    }

    private PastRecords.OfModel past(Topics topics) {
        return new PastRecords.OfModel(
                new KafkaPastRecords(settings.consumer(), topics.weightSnapshots()),
                new KafkaPastRecords(settings.consumer(), topics.modelDecisions()),
                new KafkaPastRecords(settings.consumer(), topics.servingWeights()));
    }

    /// A labeler, for labels that come without their pixels.
    ///
    /// @param instanceId empty for a dynamic group member
    public Role labeler(LabelerSettings labeler, int threads, Optional<String> instanceId) throws InterruptedException {
        TopicReadiness present = check(labeler.topicUse());
        MeterRegistry meters = metersOf(Tags.of("role", "labeler"));
        StreamsRunner runner = runner(
                new LabelerTopology(labeler, registry, meters).get(),
                new StreamsSettings(
                        labeler.applicationId(),
                        instanceId,
                        threads,
                        settings.streams(),
                        labeler.limits(limits(labeler.topicUse(), labeler.applicationId())),
                        profile),
                meters);
        return start("labeler", runner, present, labeler.topics());
    }

    private TopicReader reader() {
        return new TopicReader(settings, stop);
    }

    private static Optional<String> lacksWeights(ServingModel serving) {
        return serving.current().isPresent() ? Optional.empty() : Optional.of("no weights yet");
    }

    /// Roles in one process have meters of the same name, and models share topics: each series says whose it is.
    private MeterRegistry metersOf(Tags tags) {
        CompositeMeterRegistry own = new CompositeMeterRegistry(meters.config().clock());
        own.config().commonTags(tags);
        own.add(meters);
        return own;
    }

    private StreamsRunner runner(Topology topology, StreamsSettings streams, MeterRegistry meters)
            throws InterruptedException {
        StreamsRunner runner = new StreamsRunner(topology, streams, offsets.source());
        runner.bindTo(meters);
        return runner;
    }

    private static Tags tags(String role, String model) {
        return Tags.of("role", role, "model", model);
    }

    private Role start(String name, StreamsRunner runner, TopicReadiness present, Topics topics)
            throws InterruptedException {
        announce(name, runner, topics);
        runner.start();
        return role(name, runner, present);
    }

    private static Role role(String name, StreamsRunner runner, Supplier<Optional<String>> lacks) {
        return new Role(name, runner, new Readiness(name, runner, lacks));
    }

    private void announce(String name, StreamsRunner runner, Topics topics) {
        topics.signatures().sentence().ifPresent(sentence -> notices.accept(name + ": " + sentence));
        if (!profile.equals(Profile.USUAL)) {
            notices.accept(name + ": processes " + profile.text());
        }
        runner.onPartitions(partitions -> notices.accept(
                name + ": " + (partitions.isEmpty() ? "no partition is assigned to it" : "works on " + partitions)));
    }

    private TopicLimits limits(TopicUse topics, String applicationId) throws InterruptedException {
        return TopicLimits.of(
                admin, topics.bounding().stream().<String>map(Topic::name).toList(), applicationId);
    }

    /// Looks for the topics, and registers what the role will write.
    private TopicReadiness check(TopicUse topics) throws InterruptedException {
        TopicCheck.verify(admin, topics.all());
        AvroSerdes serdes = new AvroSerdes(registry);
        topics.writes().forEach(topic -> topic.register(serdes));
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS);
        return new TopicReadiness(
                settings.bootstrapServers(), () -> TopicCheck.verify(admin, topics.all(), options), System::nanoTime);
    }
}
