package dev.inkstream.app.bench;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.BrokerWait;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.feed.Feeder;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.NetworkOptions;
import dev.inkstream.app.role.Role;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.app.role.ThreadOptions;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.classifier.ClassifierSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.Images;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.EvaluatorSettings;
import dev.inkstream.evaluator.PromotionPolicy;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.admin.KafkaFutures;
import dev.inkstream.trainer.TrainerSettings;
import dev.inkstream.trainer.Training;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Fills the topics first, then lets each role work through them alone, as fast as it can.
@Command(
        name = "bench",
        description =
                "Measure the images per second of the trainer and the classifier, and the predictions per second that"
                        + " the evaluator joins with labels, with an embedded broker in the same process.")
public final class BenchCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The default memory holds this many ids, so the join evicts none.
    private static final long MAX_OUTCOMES = 450_000;

    private final Terminal terminal;
    private final StopSignal stop;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "600000",
            description = "Labeled images for the trainer; 0 for none (default: ${DEFAULT-VALUE}).")
    private long examples = 600_000;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Images for the classifier; 0 for none (default: ${DEFAULT-VALUE}).")
    private long images = 2_000_000;

    @Option(
            names = "--outcomes",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Predictions, and as many labels, for the evaluator; 0 for none (default: ${DEFAULT-VALUE}).")
    private long outcomes = 400_000;

    @Option(
            names = "--shadow",
            description = "Also measure what a shadow costs the classifier: four more runs over the images, without and"
                    + " with one in turn.")
    private boolean shadow;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    public BenchCommand(Terminal terminal, StopSignal stop) {
        this.terminal = terminal;
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        OptionRange.from("--examples", 0).check(examples);
        OptionRange.from("--images", 0).check(images);
        new OptionRange("--outcomes", 0, MAX_OUTCOMES).check(outcomes);
        var _ = threads.threads();
        Dataset data = dataset.find(terminal);
        try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
            KafkaSettings settings = KafkaSettings.at(broker.address());
            try (Admin admin = new BrokerWait(PATIENCE, stop, notice -> {}, System::nanoTime).connect(settings)) {
                measure(
                        new RoleFactory(
                                        settings,
                                        admin,
                                        new InMemorySchemaRegistry(),
                                        new Monitor().meters(),
                                        line -> {})
                                .stoppedBy(stop),
                        data);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(RoleFactory roles, Dataset data) throws InterruptedException {
        Images set = data.training();
        ImageFormat format = new ImageFormat(set.width(), set.height(), set.classes());
        Training.Settings training = network.training(ModelNameOption.DEFAULT_MODEL, format);
        Topics topics = new Topics(Topics.DEFAULT_PREFIX);
        TopicCreation.create(roles.admin(), topics.specs(PARTITIONS), Optional.empty());
        fill(roles.settings(), roles.registry(), topics, set);
        serve(
                roles.settings(),
                roles.registry(),
                topics,
                Training.start(training).snapshot(),
                training.model());
        say("%s, network %s, %d processors"
                .formatted(
                        data.description(),
                        training.describe(),
                        Runtime.getRuntime().availableProcessors()));
        if (examples > 0) {
            trainer(roles, new TrainerSettings(topics, training, format));
        }
        if (images > 0) {
            report("classifier", classifier(roles, new ClassifierSettings(topics, training.model(), format)));
        }
        if (images > 0 && shadow) {
            shadow(roles, topics, training, format);
        }
        if (outcomes > 0) {
            evaluator(roles, training.model(), format);
        }
    }

    private void fill(KafkaSettings settings, SchemaRegistry registry, Topics topics, Images set) {
        say("writing %,d labeled images and %,d images ...".formatted(examples, images));
        try (Feeder feeder = new Feeder(settings, registry, InstantSource.system())) {
            feeder.labeled(set, new Feeder.Plan(topics.labeledImages(), "training", 0, 1L, 0), goesOnTo(examples));
            feeder.images(set, new Feeder.Plan(topics.images(), "training", 0, 1L, 0), goesOnTo(images));
        }
    }

    private LongPredicate goesOnTo(long total) {
        return sent -> sent < total && !stop.isRequested();
    }

    private static void serve(
            KafkaSettings settings, SchemaRegistry registry, Topics topics, WeightSnapshot snapshot, String key)
            throws InterruptedException {
        Topic<String, WeightSnapshot> topic = topics.servingWeights();
        try (KafkaProducer<String, WeightSnapshot> producer = new KafkaProducer<>(
                settings.producer(),
                topic.keys().serializer(),
                topic.values().apply(new AvroSerdes(registry)).serializer())) {
            KafkaFutures.await(producer.send(new ProducerRecord<>(topic.name(), key, snapshot)));
        }
    }

    private void trainer(RoleFactory roles, TrainerSettings trainer) throws InterruptedException {
        try (Role role = roles.trainer(trainer, Optional.of("bench"))) {
            report("trainer", probeOfGroup(roles, role, trainer.applicationId(), examples));
        }
    }

    private ThroughputProbe classifier(RoleFactory roles, ClassifierSettings classifier) throws InterruptedException {
        try (Role role = roles.classifier(classifier, threads.threads(), Optional.empty())) {
            return probeOfGroup(roles, role, classifier.applicationId(), images);
        }
    }

    /// Each run is a model of its own, which reads the images from the first on. The shadow has the same weights.
    private void shadow(RoleFactory roles, Topics topics, Training.Settings training, ImageFormat format)
            throws InterruptedException {
        double[] perSecond = new double[2];
        for (int run = 0; run < 4; run++) {
            boolean beside = run % 2 == 1;
            Training.Settings model =
                    new Training.Settings("bench-" + run, training.config(), training.seed(), training.snapshotEvery());
            WeightSnapshot snapshot = Training.start(model).snapshot();
            serve(roles.settings(), roles.registry(), topics, snapshot, model.model());
            if (beside) {
                serve(roles.settings(), roles.registry(), topics, snapshot, Topics.shadowKey(model.model()));
            }
            ThroughputProbe probe = classifier(roles, new ClassifierSettings(topics, model.model(), format));
            report(beside ? "+ shadow" : "no shadow", probe);
            perSecond[run % 2] += probe.perSecond();
        }
        say("%-10s %9.2f of the images/s without one".formatted("+ shadow", perSecond[1] / perSecond[0]));
    }

    /// With topics of its own, which hold nothing but what it joins.
    private void evaluator(RoleFactory roles, String model, ImageFormat format) throws InterruptedException {
        Topics topics = new Topics("bench.");
        TopicCreation.create(roles.admin(), topics.specs(PARTITIONS), Optional.empty());
        new ServedRecords(topics, model, format.classes(), Instant.now())
                .write(roles.settings(), roles.registry(), outcomes);
        EvaluatorSettings evaluator =
                new EvaluatorSettings(topics, model, format, DecisionRules.of(PromotionPolicy.ALWAYS));
        try (Role role = roles.evaluator(evaluator, 1, Optional.of("bench"))) {
            ThroughputProbe joined = probe(role, () -> summed(roles, evaluator.applicationId()), outcomes);
            say("%-10s %,9.0f outcomes/s (%,d outcomes in %.1f s, from first to last)"
                    .formatted(
                            role.name(),
                            joined.perSecond(),
                            joined.records(),
                            joined.time().toMillis() / 1e3));
        }
    }

    /// Outcomes that were joined; all of them only once the sum has committed what the join sent.
    private long summed(RoleFactory roles, String group) throws InterruptedException {
        long joined = (long) roles.meters().find("inkstream.live.outcomes").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        if (joined < outcomes) {
            return joined;
        }
        TopicPartition batches = new TopicPartition(group + "-counted-outcomes-repartition", 0);
        OffsetAndMetadata read = KafkaFutures.await(
                        roles.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(batches);
        long end = KafkaFutures.await(roles.admin()
                        .listOffsets(Map.of(batches, OffsetSpec.latest()))
                        .partitionResult(batches))
                .offset();
        // Behind the last batch there is the end of its transaction.
        return read != null && read.offset() >= end - 1 ? joined : joined - 1;
    }

    /// @throws InterruptedException when a stop is asked for
    private ThroughputProbe probeOfGroup(RoleFactory roles, Role role, String group, long total)
            throws InterruptedException {
        return probe(role, () -> ThroughputProbe.committed(roles.admin(), group), total);
    }

    private ThroughputProbe probe(Role role, ThroughputProbe.Position position, long total)
            throws InterruptedException {
        return ThroughputProbe.of(
                () -> {
                    if (stop.isRequested() || terminal.out().checkError()) {
                        throw new InterruptedException("stopped while the " + role.name() + " was at work");
                    }
                    role.rethrow();
                    return position.committed();
                },
                total,
                System::nanoTime);
    }

    private void report(String what, ThroughputProbe probe) {
        say("%-10s %,9.0f images/s (%,d images in %.1f s, from first commit to last)"
                .formatted(
                        what, probe.perSecond(), probe.records(), probe.time().toMillis() / 1e3));
    }

    private void say(String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }
}
