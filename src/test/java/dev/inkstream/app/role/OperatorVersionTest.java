package dev.inkstream.app.role;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UserException;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OperatorVersionTest {
    private static final WeightSnapshot IMPORTED =
            Samples.snapshot(0).with(Provenance.unknown().madeFrom("import of other v7 (0123456789ab)"));

    private final OperatorVersion versions =
            new OperatorVersion(Samples.MODEL, Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES));

    @Test
    void aTrainerDoesNotBeginUnderTheNameOfAnImport() {
        add(Samples.MODEL, Samples.bytes(IMPORTED));
        add(Samples.MODEL, Samples.bytes(Samples.snapshot(1)));
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(versions::requireNone)
                .withMessage(
                        "model digits has a version that an operator published (import of other v7 (0123456789ab)),"
                                + " and a trainer of that name would publish another version 0; choose another --model, with"
                                + " --initial-weights FILE to continue from a version that 'inkstream models export' wrote");
    }

    /// A trainer whose state is gone begins again under its name.
    @Test
    void versionsOfTrainersAndOfOtherModelsDoNotMatter() {
        add(Samples.MODEL, Samples.bytes(Samples.snapshot(0)));
        add(Samples.MODEL, new byte[] {1, 2, 3});
        add("other", Samples.bytes(IMPORTED));
        assertThatCode(versions::requireNone).doesNotThrowAnyException();
    }

    private void add(String key, byte[] value) {
        versions.add(new ConsumerRecord<>("t.weight-snapshots", 0, 0, Samples.text(key), value));
    }
}
