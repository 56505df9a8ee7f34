package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Defect;
import dev.inkstream.record.InvalidRecordException;
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
        assertThat(message(header, Defect.UNDECODABLE))
                .isEqualTo(MESSAGE + "; its schema id is in the header " + header
                        + ", and must be the four bytes before the value: set " + remedy + " at the producer");
        assertThat(message(header, Defect.UNKNOWN_SCHEMA)).isNotEqualTo(MESSAGE);
    }

    @Test
    void otherHeadersAndOtherDefectsHaveNothingToDoWithIt() {
        assertThat(message("trace", Defect.UNDECODABLE)).isEqualTo(MESSAGE);
        assertThat(message("__value_schema_id", Defect.PIXEL_COUNT)).isEqualTo(MESSAGE);
    }

    private static String message(String header, Defect defect) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        context.setRecordMetadata("t.images", 0, 0);
        context.setCurrentSystemTimeMs(1);
        Record<byte[], byte[]> record = new Record<>(
                Samples.text("k"), new byte[] {56}, 1, new RecordHeaders().add(header, new byte[] {1, 2, 3}));
        new DeadLetters(new SimpleMeterRegistry()).send(record, new InvalidRecordException(defect, MESSAGE), context);
        return new String(
                context.forwarded()
                        .getFirst()
                        .record()
                        .headers()
                        .lastHeader(DeadLetter.MESSAGE)
                        .value(),
                StandardCharsets.UTF_8);
    }
}
