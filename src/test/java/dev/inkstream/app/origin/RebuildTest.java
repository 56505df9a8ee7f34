package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.verify.Exclusions;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.Training;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RebuildTest {
    @Test
    void isWhatTheRestOfTheLogGives() {
        WeightSnapshot rebuilt = rebuild(5, Set.of("image-20"), Map.of(40L, "image-40"));

        Training training = Training.start(Samples.TRAINING);
        SampleRun.LOG.without(20).without(40).read(0, 73, example -> training.train(example.offset(), example.image()));
        assertThat(rebuilt.id()).isEqualTo(training.snapshotAs(0).id());
        assertThat(without(rebuilt).orElseThrow().records()).isEqualTo(2);
    }

    /// The last mini-batch, of offsets 70, 71, 72 and 74, is not whole without one of them.
    @Test
    void saysNothingOfRecordsAfterItsLastMiniBatch() {
        WeightSnapshot rebuilt = rebuild(5, Set.of("image-72"), Map.of());

        assertThat(rebuilt.progress().lastOffset()).isEqualTo(69);
        assertThat(rebuilt.training())
                .isEqualTo(SampleRun.VERSIONS.getLast().training().replace("seed=1 ", "seed=1 trainer=digits "));
        assertThat(without(rebuilt)).isEmpty();
    }

    @Test
    void saysNothingOfRecordsBeforeItsFirst() {
        WeightSnapshot rebuilt = rebuild(5, Set.of("image-0", "image-20"), Map.of());

        assertThat(rebuilt.provenance().firstOffset()).hasValue(1);
        assertThat(without(rebuilt).orElseThrow().records()).isEqualTo(1);
    }

    @Test
    void refusesImagesThatTheVersionWasNotTrainedOn() {
        assertThatThrownBy(() -> rebuild(2, Set.of("image-20", "image-30"), Map.of()))
                .isInstanceOf(UserException.class)
                .hasMessage(SampleRun.VERSIONS.get(2).id() + " was not trained on 1 of these images: image-30");
    }

    private static Optional<Beginning.Exclusion> without(WeightSnapshot rebuilt) {
        return Training.Settings.parse(Samples.MODEL, rebuilt.training())
                .beginning()
                .without();
    }

    private static WeightSnapshot rebuild(int version, Set<String> ids, Map<Long, String> records) {
        return new Rebuild(SampleRun.run(), new Exclusions(ids, records))
                .of(SampleRun.VERSIONS.get(version).id());
    }
}
