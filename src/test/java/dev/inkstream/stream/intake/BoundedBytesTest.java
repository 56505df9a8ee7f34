package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedBytesTest {
    private static final IntakeLimits BOUNDS = new IntakeLimits(20_000, Map.of("other", 10), "internal.");

    private final PollBudget budget = new PollBudget();
    private final Headers headers = new RecordHeaders();

    /// What is too long keeps its beginning, or all of it if that is shorter.
    @ParameterizedTest
    @CsvSource({
        "VALUE, images, 20000, 20000",
        "VALUE, images, 20001, 16384",
        "VALUE, other, 10, 10",
        "VALUE, other, 11, 11",
        "VALUE, internal.x, 50000, 50000",
        "KEY, images, 16384, 16384",
        "KEY, images, 16385, 16384",
        "KEY, internal.x, 50000, 50000"
    })
    void keepsWhatTheBoundsAllow(BoundedBytes.Part part, String topic, int size, int kept) {
        budget.reset(Long.MAX_VALUE);
        byte[] whole = numbered(size);

        byte[] bytes = new BoundedBytes(part, BOUNDS, budget).deserialize(topic, headers, ByteBuffer.wrap(whole));

        assertThat(bytes).isEqualTo(numbered(kept));
        if (kept < size) {
            assertThat(Cut.facts(headers))
                    .isEqualTo(
                            part == BoundedBytes.Part.KEY
                                    ? Cut.key(size, Sha256.of(whole))
                                    : Cut.value(size, Sha256.of(whole)));
        } else {
            assertThat(headers).isEmpty();
        }
    }

    @Test
    void readsFromTheBuffersPosition() {
        budget.reset(Long.MAX_VALUE);
        ByteBuffer data = ByteBuffer.wrap(numbered(9)).position(4);
        assertThat(values().deserialize("images", headers, data)).containsExactly(4, 5, 6, 7, 8);
    }

    @Test
    void nullIsNull() {
        assertThat(values().deserialize("images", null)).isNull();
        budget.reset(0);
        assertThat(values().deserialize("images", new byte[] {1})).containsExactly(1);
    }

    /// The poll pays for what is kept of a record, and for its headers.
    @Test
    void takesFromThePollWhatItKeeps() {
        headers.add("four", new byte[6]);
        budget.reset(30);
        budget.take(new RecordHeaders(), 10);
        assertThatCode(() -> values().deserialize("images", headers, ByteBuffer.wrap(numbered(10))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> values().deserialize("images", new RecordHeaders(), ByteBuffer.wrap(numbered(1))))
                .isInstanceOf(SerializationException.class);
    }

    private BoundedBytes values() {
        return new BoundedBytes(BoundedBytes.Part.VALUE, BOUNDS, budget);
    }

    private static byte[] numbered(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
