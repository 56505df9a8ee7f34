package dev.inkstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/// A model that begins in the middle of the log.
class TrainingFromOffsetTest {
    private static final TrainerSettings SETTINGS =
            new TrainerSettings(Samples.TOPICS, Samples.TRAINING, Samples.FORMAT).from(OptionalLong.of(10));

    /// An operator may have reset the group's offsets.
    @Test
    void noRecordBeforeTheStartIsTrained() {
        List<WeightSnapshot> published = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(
                new TrainerTopology(SETTINGS, Samples.REGISTRY, FakeLabeledLog.ofRecords(1), new SimpleMeterRegistry())
                        .get())) {
            for (int i = 0; i < 40; i++) {
                LabeledImage example = Samples.example(i);
                pipeline.pipe(Samples.TOPICS.labeledImages().name(), Samples.text("id-" + i), Samples.bytes(example));
            }
            pipeline
                    .records(
                            Samples.TOPICS.weightSnapshots().name(),
                            Samples.SERDES.weightSnapshot().deserializer())
                    .stream()
                    .map(TestRecord::value)
                    .forEach(published::add);
        }

        Training plain = Training.start(SETTINGS.training());
        List<WeightSnapshot> expected = new ArrayList<>(List.of(plain.snapshot()));
        for (int i = 10; i < 40; i++) {
            if (plain.train(i, Samples.example(i))) {
                expected.add(plain.snapshot());
            }
        }
        assertThat(published).isEqualTo(expected).hasSize(3);
        assertThat(published.getLast().training()).startsWith("seed=1 from=10 shape=");
        assertThat(published.getLast().provenance().firstOffset()).hasValue(10);
        assertThat(published.getLast().progress().examples()).isEqualTo(24);
    }

    @Test
    void aCheckpointSaysWhereTheModelBegan() {
        byte[] checkpoint = Training.start(SETTINGS.training()).checkpoint().toBytes();
        TrainerSettings plain = SETTINGS.from(OptionalLong.empty());

        assertThat(plain.beginningOf(checkpoint)).hasValue(10);
        plain.from(OptionalLong.of(10)).requireFit(checkpoint);
        assertThatExceptionOfType(ModelMismatchException.class)
                .isThrownBy(() -> plain.requireFit(checkpoint))
                .withMessageContaining("--from is none; model digits has 10.");
        assertThat(plain.isCheckpoint(Samples.text("digits"), checkpoint)).isTrue();
        assertThat(plain.isCheckpoint(Samples.text("digits"), null)).isFalse();
        assertThat(plain.isCheckpoint(Samples.text("other"), checkpoint)).isFalse();
    }
}
