package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/// At each bound a dead letter has all of the record, and one byte or header further the beginning.
class DeadLetterPartsTest {
    private static final int VALUE = 1_000_000 - (16 << 10) - (128 << 10);
    private static final byte[] NOTHING = {};

    @Test
    void ofAKey() {
        DeadLetterParts whole = parts(new byte[IntakeLimits.KEY_BYTES], NOTHING);
        assertThat(whole.key()).hasSize(IntakeLimits.KEY_BYTES);
        assertThat(whole.facts()).isEmpty();

        byte[] tooLong = new byte[IntakeLimits.KEY_BYTES + 1];
        DeadLetterParts cut = parts(tooLong, NOTHING);
        assertThat(cut.key()).hasSize(IntakeLimits.PREFIX_BYTES);
        assertThat(cut.facts()).isEqualTo(Cut.key(tooLong.length, Sha256.of(tooLong)));
    }

    @Test
    void ofAValue() {
        DeadLetterParts whole = parts(null, new byte[VALUE]);
        assertThat(whole.key()).isNull();
        assertThat(whole.value()).hasSize(VALUE);
        assertThat(whole.facts()).isEmpty();

        byte[] tooLong = new byte[VALUE + 1];
        DeadLetterParts cut = parts(null, tooLong);
        assertThat(cut.value()).hasSize(IntakeLimits.PREFIX_BYTES);
        assertThat(cut.facts()).isEqualTo(Cut.value(tooLong.length, Sha256.of(tooLong)));
    }

    @Test
    void ofTheNumberOfHeaders() {
        assertHeaders(numbered(IntakeLimits.HEADERS), IntakeLimits.HEADERS);
        assertHeaders(numbered(IntakeLimits.HEADERS + 2), IntakeLimits.HEADERS);
    }

    @Test
    void ofTheBytesOfHeaders() {
        int half = IntakeLimits.HEADER_BYTES / 2;
        assertHeaders(List.of(header("a", half - 1), header("b", half - 1)), 2);
        assertHeaders(List.of(header("a", half - 1), header("b", half)), 1);
        assertHeaders(List.of(new RecordHeader("a".repeat(2 * half), null)), 1);
        assertHeaders(List.of(new RecordHeader("ä".repeat(half), null), header("b", 0)), 1);
    }

    /// The facts of a mark replace what a producer states under the same names.
    @Test
    void factsComeFromMarksAlone() {
        Headers headers = new RecordHeaders(List.of(header(Cut.VALUE_SIZE, 1), header("a", 1)));
        headers.add(Cut.ofHeaders(7, 70, 5));

        DeadLetterParts parts = DeadLetterParts.of(new Record<>(NOTHING, NOTHING, 1, headers));

        assertThat(parts.headers()).containsExactly(header("a", 1));
        assertThat(parts.facts()).isEqualTo(Map.of(Cut.HEADERS_DROPPED, "5"));
    }

    private static void assertHeaders(List<Header> headers, int kept) {
        DeadLetterParts parts = DeadLetterParts.of(new Record<>(NOTHING, NOTHING, 1, new RecordHeaders(headers)));
        Map<String, String> facts = new HashMap<>();
        if (kept < headers.size()) {
            facts.putAll(Cut.dropped(headers.size() - kept));
        }
        assertThat(parts.headers()).isEqualTo(new ArrayList<>(headers.subList(0, kept)));
        assertThat(parts.facts()).isEqualTo(facts);
    }

    private static DeadLetterParts parts(byte[] key, byte[] value) {
        return DeadLetterParts.of(new Record<>(key, value, 1));
    }

    private static Header header(String name, int size) {
        return new RecordHeader(name, new byte[size]);
    }

    private static List<Header> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> header("h" + i, 1)).toList();
    }
}
