package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream's headers and a polled record's are bounded alike.
class HeaderReaderTest {
    private static final int ALL = IntakeLimits.HEADER_BYTES;

    /// Headers, how many of them are kept, and their bytes.
    record Case(List<Header> headers, int kept, long bytes) {
        private static Case of(int kept, long bytes, Header... headers) {
            return new Case(List.of(headers), kept, bytes);
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                Case.of(1, 3, header("n", 2)),
                Case.of(1, 1, new RecordHeader("n", null)),
                Case.of(2, 2, header("n", 0), header("", 1)),
                Case.of(1, ALL, new RecordHeader("n".repeat(ALL), null)),
                new Case(numbered(IntakeLimits.HEADERS), IntakeLimits.HEADERS, 400),
                new Case(numbered(IntakeLimits.HEADERS + 1), IntakeLimits.HEADERS, 404),
                Case.of(1, ALL, header("n", ALL - 1)),
                Case.of(0, ALL + 1, header("n", ALL)),
                Case.of(2, ALL, header("a", 9), header("b", ALL - 11)),
                Case.of(1, ALL + 1, header("a", 9), header("b", ALL - 10)),
                // One that is left out takes no room from those behind it, and a name alone can be too long.
                Case.of(2, 2L * ALL + 12, header("a", 9), header("b", 2 * ALL - 1), header("c", 1)),
                Case.of(1, ALL + 4, header("n".repeat(ALL + 1), 1), header("c", 1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keepsTheFirstThatFitAndMarksWhatItLeavesOut(Case each) throws IOException {
        check(each, HeaderReader.read(stream(each.headers())));

        Headers polled = new RecordHeaders(each.headers());
        Headers within = HeaderReader.within(polled);
        check(each, within);
        if (each.kept() == each.headers().size()) {
            assertThat(within).isSameAs(polled);
        }
    }

    private static void check(Case each, Headers kept) {
        int all = each.headers().size();
        List<Header> found = List.of(kept.toArray());
        if (each.kept() == all) {
            assertThat(found).isEqualTo(each.headers());
            return;
        }
        assertThat(found).hasSize(each.kept() + 1);
        assertThat(each.headers()).containsAll(found.subList(0, each.kept()));
        assertThat(Cut.facts(kept)).isEqualTo(Map.of(Cut.HEADERS_DROPPED, Integer.toString(all - each.kept())));
        assertThat(((Cut) found.getLast()).message())
                .matches("record has " + all
                        + " headers of \\d+ bytes; it must have at most 100 headers of 65536 bytes");
    }

    /// What the marks of a polled record take does not count.
    @ParameterizedTest
    @ValueSource(ints = {IntakeLimits.HEADERS, IntakeLimits.HEADERS + 1})
    void aMarkStays(int count) {
        Headers headers = new RecordHeaders(numbered(count));
        Cut mark = Cut.unreadable("x".repeat(ALL));
        headers.add(mark);

        Headers within = HeaderReader.within(headers);

        assertThat(within).contains(mark).hasSize(IntakeLimits.HEADERS + 1 + (count - IntakeLimits.HEADERS));
        if (count > IntakeLimits.HEADERS) {
            assertThat(((Cut) within.toArray()[IntakeLimits.HEADERS + 1]).message())
                    .startsWith("record has 101 headers of 404 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void aNegativeNumberIsAnError(int number) {
        assertThatThrownBy(() -> HeaderReader.read(stream(number)))
                .isInstanceOf(IOException.class)
                .hasMessage("number of headers is " + number);
        assertThatThrownBy(() -> HeaderReader.read(stream(1, number)))
                .isInstanceOf(IOException.class)
                .hasMessage("length of a header's name is " + number);
    }

    /// In the stream every header takes its lengths as well.
    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void theSizeIsThatOfTheStream(int before) throws IOException {
        RecordStream in = stream(numbered(IntakeLimits.HEADERS + 1), before);
        in.skip(before);

        Headers headers = HeaderReader.read(in);

        assertThat(((Cut) headers.toArray()[IntakeLimits.HEADERS]).message())
                .startsWith("record has 101 headers of " + 101 * (1 + 3 + 1 + 1) + " bytes");
    }

    private static Header header(String name, int size) {
        return new RecordHeader(name, new byte[size]);
    }

    /// Of four bytes each.
    private static List<Header> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> header("%03d".formatted(i), 1))
                .toList();
    }

    private static RecordStream stream(List<Header> headers) {
        return stream(headers, 0);
    }

    private static RecordStream stream(List<Header> headers, int before) {
        return stream(out -> {
            out.write(new byte[before]);
            ByteUtils.writeVarint(headers.size(), out);
            for (Header header : headers) {
                ByteUtils.writeVarint(header.key().length(), out);
                out.writeBytes(header.key());
                ByteUtils.writeVarint(header.value() == null ? -1 : header.value().length, out);
                out.write(header.value() == null ? new byte[0] : header.value());
            }
        });
    }

    private static RecordStream stream(int... numbers) {
        return stream(out -> {
            for (int number : numbers) {
                ByteUtils.writeVarint(number, out);
            }
        });
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static RecordStream stream(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RecordStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
