package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkstream.network.Learner;
import dev.inkstream.network.PrequentialResult;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Topologies;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TrainerTopologyTest {
    private final FakeLabeledLog unused = FakeLabeledLog.ofRecords(1);
    private final Pipeline pipeline = new Pipeline(Topologies.trainer(unused));

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void publishesVersionZeroAtOnceAndWithoutAnyRecord() {
        assertThat(versions()).isEmpty();
        pipeline.advanceWallClock(Duration.ofMillis(1));
        List<TestRecord<String, WeightSnapshot>> records = versionRecords();
        assertThat(records).hasSize(1);
        TestRecord<String, WeightSnapshot> zero = records.getFirst();
        assertThat(zero.key()).isEqualTo("digits");
        assertThat(zero.getRecordTime()).isEqualTo(Pipeline.NOW.plusMillis(1));
        assertThat(zero.value()).isEqualTo(Training.start(Samples.TRAINING).snapshot());
        assertThat(zero.value().id().version()).isZero();
        assertThat(zero.value().progress()).isEqualTo(TrainingProgress.none());
        pipeline.advanceWallClock(Duration.ofMinutes(1));
        train(0, 1);
        assertThat(versions()).as("later").isEmpty();
    }

    @Test
    void publishesVersionZeroBeforeTheFirstRecordIsTrained() {
        train(0, 1);
        assertThat(versions()).containsExactly(Training.start(Samples.TRAINING).snapshot());
        pipeline.advanceWallClock(Duration.ofMinutes(1));
        assertThat(versions()).as("later").isEmpty();
    }

    @Test
    void thereIsNoGradientNormBeforeAMiniBatch() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Pipeline trainer = new Pipeline(Topologies.trainer(unused, meters))) {
            for (int i = 0; i < Samples.CONFIG.miniBatchSize(); i++) {
                assertThat(meters.get("inkstream.gradient.norm").gauge().value())
                        .isNaN();
                trainer.pipe(
                        Samples.TOPICS.labeledImages().name(), Samples.text("id"), Samples.bytes(Samples.example(i)));
            }
            assertThat(meters.get("inkstream.gradient.norm").gauge().value()).isPositive();
        }
    }

    /// Micrometer warns of a gauge that is registered again. It logs the second time at DEBUG.
    @Test
    void registersEachGaugeOnce() {
        Logger log = (Logger) LoggerFactory.getLogger(MeterRegistry.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        log.addAppender(logged);
        log.setLevel(Level.DEBUG);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Pipeline trainer = new Pipeline(Topologies.trainer(unused, meters))) {
            for (int i = 0; i < 70; i++) {
                trainer.pipe(
                        Samples.TOPICS.labeledImages().name(), Samples.text("id"), Samples.bytes(Samples.example(i)));
                // Looked at, as by a scrape: then the next mini-batch measures it again.
                meters.find("inkstream.gradient.norm").gauges().forEach(Gauge::value);
            }
        } finally {
            log.setLevel(null);
            log.detachAppender(logged);
        }
        assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    @Test
    void publishesWhatALoopOverTheLogGives() {
        Training offline = Training.start(Samples.TRAINING);
        List<WeightSnapshot> expected = new ArrayList<>();
        expected.add(offline.snapshot());
        for (int i = 0; i < 70; i++) {
            if (offline.train(i, Samples.example(i))) {
                expected.add(offline.snapshot());
            }
        }
        train(0, 70);
        List<TestRecord<String, WeightSnapshot>> records = versionRecords();
        assertThat(records.stream().map(TestRecord::value)).isEqualTo(expected);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.getRecordTime())
                    .as("retention counts from the publication, however old the image")
                    .isEqualTo(Pipeline.NOW);
            assertThat(record.value().id().weights())
                    .isEqualTo(Sha256.of(record.value().parameters()));
        });
        assertThat(expected).hasSize(6);
        assertThat(expected.stream().map(WeightSnapshot::progress).map(TrainingProgress::lastOffset))
                .containsExactly(-1L, 11L, 23L, 35L, 47L, 59L);
        assertThat(expected.stream().map(WeightSnapshot::progress).map(TrainingProgress::miniBatches))
                .containsExactly(0L, 3L, 6L, 9L, 12L, 15L);
        assertThat(unused.reads()).isEmpty();
    }

    /// The store of one trainer, restored to another that starts at the position of the last commit.
    @Test
    void anotherTrainerGoesOnFromTheStore() {
        FakeLabeledLog log = FakeLabeledLog.ofRecords(40);
        for (FakeLabeledLog.Entry entry : log.entries(0, 6)) {
            pipeline.pipe(Samples.TOPICS.labeledImages().name(), Samples.text("id"), entry.value());
        }
        for (FakeLabeledLog.Entry entry : log.entries(7, 13)) {
            pipeline.pipe(Samples.TOPICS.labeledImages().name(), Samples.text("id"), entry.value());
        }
        assertThat(checkpoint().version()).isZero();
        TrainerRun other = new TrainerRun(Samples.TRAINING, log, checkpoint().toBytes());
        other.deliver(log.entries(13, log.end()));
        Training offline = Training.start(Samples.TRAINING);
        List<WeightSnapshot> expected = new ArrayList<>(List.of(offline.snapshot()));
        for (FakeLabeledLog.Entry entry : log.entries(0, log.end())) {
            if (entry.isGood() && offline.train(entry.offset(), entry.example())) {
                expected.add(offline.snapshot());
            }
        }
        List<WeightSnapshot> published = versions();
        assertThat(published).hasSize(1);
        published.addAll(other.published());
        assertThat(published).isEqualTo(expected).hasSizeGreaterThan(2);
    }

    @Test
    void theOrderOfTheExamplesMatters() {
        train(0, 12);
        pipeline.advanceWallClock(Duration.ofMillis(1));
        WeightSnapshot inOrder = versions().getLast();
        try (Pipeline other = new Pipeline(Topologies.trainer(unused))) {
            for (int i = 11; i >= 0; i--) {
                other.pipe(
                        Samples.TOPICS.labeledImages().name(), Samples.text("id"), Samples.bytes(Samples.example(i)));
            }
            WeightSnapshot backward = other.values(
                            Samples.TOPICS.weightSnapshots().name(),
                            Samples.SERDES.weightSnapshot().deserializer())
                    .getLast();
            assertThat(backward.id().version()).isEqualTo(inOrder.id().version());
            assertThat(backward.id().weights()).isNotEqualTo(inOrder.id().weights());
        }
    }

    /// Prequential: counted again for each version, over the examples since the one before.
    @Test
    void countsHowTheRecentExamplesWereClassified() {
        train(0, 24);
        List<Prequential> recent =
                versions().stream().map(version -> version.progress().recent()).toList();
        Learner learner = Learner.initial(Samples.CONFIG, 1);
        assertThat(recent).containsExactly(new Prequential(0, 0, 0), learn(learner, 0, 12), learn(learner, 12, 24));
    }

    /// Counted by hand, over the examples from one number up to another.
    private static Prequential learn(Learner learner, int from, int to) {
        long correct = 0;
        double loss = 0;
        for (int i = from; i < to; i++) {
            PrequentialResult outcome = learner.learn(
                    Samples.image(i).pixels().bytes(), Samples.example(i).label());
            correct += outcome.predicted() == Samples.example(i).label() ? 1 : 0;
            loss += outcome.loss();
        }
        return new Prequential(to - from, correct, loss / (to - from));
    }

    @Test
    void describesHowItIsTrained() {
        train(0, 1);
        assertThat(versions().getFirst().training())
                .isEqualTo("seed=1 " + Samples.CONFIG.describe())
                .isEqualTo(Samples.TRAINING.describe());
    }

    @Test
    void anApplicationIsOneModelOfOnePrefix() {
        assertThat(new TrainerSettings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT).applicationId())
                .isEqualTo("t.trainer-digits");
    }

    @Test
    void aNetworkThatDoesNotFitTheImagesIsRefusedBeforeTheFirst() {
        for (ImageFormat format : List.of(new ImageFormat(3, 3, 4), new ImageFormat(2, 3, 5))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TrainerSettings(Samples.TOPICS, Samples.TRAINING, format))
                    .withMessage("network is 6,9,4, but images of " + format.width() + "x3 in " + format.classes()
                            + " classes need " + format.pixels() + " inputs and " + format.classes() + " outputs");
        }
    }

    @Test
    void aVersionComesEveryOneMiniBatchAtLeast() {
        assertThat(new Training.Settings("m", Samples.CONFIG, 1, 1).snapshotEvery())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Training.Settings("m", Samples.CONFIG, 1, 0))
                .withMessage("snapshot-every is 0; it must be 1 or more");
    }

    private void train(int from, int to) {
        for (int i = from; i < to; i++) {
            pipeline.pipe(
                    Samples.TOPICS.labeledImages().name(), Samples.text("id-" + i), Samples.bytes(Samples.example(i)));
        }
    }

    private List<TestRecord<String, WeightSnapshot>> versionRecords() {
        return pipeline.records(
                Samples.TOPICS.weightSnapshots().name(),
                Samples.SERDES.weightSnapshot().deserializer());
    }

    private List<WeightSnapshot> versions() {
        return new ArrayList<>(versionRecords().stream().map(TestRecord::value).toList());
    }

    private Checkpoint checkpoint() {
        return Checkpoint.fromBytes(
                pipeline.<String, byte[]>store(TrainerTopology.CHECKPOINT).get(Samples.MODEL));
    }
}
