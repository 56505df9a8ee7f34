package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaIdHeadersTest {
    private static final String MESSAGE = "value starts with byte 56; a framed Avro record starts with byte 0";

    @ParameterizedTest
    @CsvSource({
        "__value_schema_id,"
                + " value.schema.id.serializer=io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer",
        "apicurio.value.globalId, apicurio.registry.headers.enabled=false",
        "apicurio.value.contentId, apicurio.registry.headers.enabled=false",
    })
    void aDeadLetterNamesTheHeaderThatHasTheId(String header, String remedy) {
        assertThat(message(header, RejectReason.UNDECODABLE))
                .isEqualTo(MESSAGE + "; its schema id is in the header " + header
                        + ", and must be the four bytes before the value: set " + remedy + " at the producer");
        assertThat(message(header, RejectReason.UNKNOWN_SCHEMA)).isNotEqualTo(MESSAGE);
    }

    @Test
    void otherHeadersAndOtherDefectsHaveNothingToDoWithIt() {
        assertThat(message("trace", RejectReason.UNDECODABLE)).isEqualTo(MESSAGE);
        assertThat(message("__value_schema_id", RejectReason.PIXEL_COUNT)).isEqualTo(MESSAGE);
    }

    private static String message(String header, RejectReason reason) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        context.setRecordMetadata("t.images", 0, 0);
        context.setCurrentSystemTimeMs(1);
        Record<byte[], byte[]> record = new Record<>(
                Samples.text("k"), new byte[] {56}, 1, new RecordHeaders().add(header, new byte[] {1, 2, 3}));
        new DeadLetterSink(new SimpleMeterRegistry())
                .send(record, new InvalidRecordException(reason, MESSAGE), context);
        return new String(
                context.forwarded()
                        .getFirst()
                        .record()
                        .headers()
                        .lastHeader(DeadLetterHeaders.MESSAGE)
                        .value(),
                StandardCharsets.UTF_8);
    }
}
