package dev.inkstream.app.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Provenance;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameUseTest {
    private static final WeightSnapshot VERSION =
            Samples.snapshot(3).with(Provenance.unknown().madeFrom("some v1"));

    private final NameUse use =
            new NameUse("digits", Samples.TOPICS.weightSnapshots().decoder(Samples.SERDES));

    @Test
    void aNameWithoutRecordsIsFree() {
        use.addPublished(record("other", Samples.bytes(Samples.snapshot("other", 0, Samples.CONFIG))));
        use.addPublished(record("other", new byte[] {1}));
        use.addOther(record("other", new byte[] {1}));
        use.addOther(record("other@shadow", null));
        use.addOther(record(null, new byte[] {1}));

        assertThat(use.isFree()).isTrue();
        assertThat(use.onlySource()).isEmpty();
    }

    @Test
    void theSameVersionIsFoundAgainWhateverWasDecidedAboutIt() {
        use.addPublished(record("digits", Samples.bytes(VERSION)));
        use.addOther(record("digits", new byte[] {1}));

        assertThat(use.isFree()).isFalse();
        assertThat(use.isOnly(VERSION.id())).isTrue();
        assertThat(use.onlySource()).contains("some v1");
        assertThat(use.isOnly(Samples.snapshot(4).id())).isFalse();
    }

    @Test
    void twoVersionsAreNotOne() {
        use.addPublished(record("digits", Samples.bytes(Samples.snapshot(4))));
        use.addPublished(record("digits", Samples.bytes(VERSION)));

        assertThat(use.isOnly(VERSION.id())).isFalse();
        assertThat(use.onlySource()).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadTakesTheName() {
        use.addPublished(record("digits", new byte[] {1, 2, 3}));
        assertThat(use.isFree()).isFalse();
        assertThat(use.isOnly(VERSION.id())).isFalse();
    }

    @Test
    void aDecisionTakesTheName() {
        use.addOther(record("digits", new byte[] {1}));
        assertThat(use.isFree()).isFalse();
    }

    @Test
    void aShadowTakesTheName() {
        use.addOther(record("digits@shadow", null));
        assertThat(use.isFree()).isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("any", 0, 0, key == null ? null : Samples.text(key), value);
    }
}
