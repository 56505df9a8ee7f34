package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A record that was cut can look like a good one.
class DecodeProcessorTest {
    private static final byte[] KEY = Samples.text("id-1");
    private static final Sha256 DIGEST = Sha256.of(new byte[3]);

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final DeadLetterSink deadLetters = new DeadLetterSink(new SimpleMeterRegistry());

    @BeforeEach
    void at() {
        context.setRecordMetadata(Samples.TOPICS.images().name(), 0, 7);
        context.setCurrentSystemTimeMs(5);
    }

    @Test
    void aGoodRecordGoesOn() {
        process(new RecordHeaders());
        assertThat(context.forwarded()).singleElement().satisfies(forwarded -> {
            assertThat(forwarded.childName()).contains("next");
            assertThat(forwarded.record().key()).isEqualTo("id-1");
            assertThat(forwarded.record().value()).isEqualTo(Samples.image(0));
        });
    }

    @Test
    void aCutRecordIsADeadLetterThatSaysWhatItWas() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Cut.ofValue(5_000_000, DIGEST, 20));

        process(headers);

        assertThat(context.forwarded()).singleElement().satisfies(forwarded -> {
            assertThat(forwarded.childName()).contains(DeadLetterSink.SINK);
            assertThat(header(forwarded.record(), DeadLetterHeaders.REASON)).isEqualTo("TOO_LARGE");
            assertThat(header(forwarded.record(), DeadLetterHeaders.MESSAGE))
                    .isEqualTo("value has 5000000 bytes; it must have at most 20");
            assertThat(header(forwarded.record(), Cut.VALUE_SIZE)).isEqualTo("5000000");
            assertThat(header(forwarded.record(), Cut.VALUE_SHA256)).isEqualTo(DIGEST.toString());
        });
    }

    @ParameterizedTest
    @CsvSource({"2000, 2000", "2001, 2003"})
    void aLongMessageIsCut(int length, int kept) {
        Record<byte[], byte[]> record = new Record<>(KEY, KEY, 1);
        deadLetters.send(record, new InvalidRecordException(RejectReason.UNDECODABLE, "x".repeat(length)), context);

        String message = header(context.forwarded().getFirst().record(), DeadLetterHeaders.MESSAGE);
        assertThat(message).hasSize(kept).startsWith("x".repeat(2_000));
    }

    private void process(RecordHeaders headers) {
        Processor<byte[], byte[], Object, Object> processor = DecodeProcessor.supplier(
                        () -> Samples.TOPICS.images().decoder(Samples.SERDES), "next", deadLetters)
                .get();
        processor.init(context);
        processor.process(new Record<>(KEY, Samples.bytes(Samples.image(0)), 3, headers));
    }

    private static String header(Record<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
