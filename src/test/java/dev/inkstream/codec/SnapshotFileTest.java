package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Container files whose schema is meant to do harm.
class SnapshotFileTest {
    /// Resolving this many types that refer to each other takes minutes.
    @Test
    @Timeout(10)
    void aLongSchemaIsRefusedBeforeItIsParsed() {
        String schema = chain(20_000);
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(() -> SnapshotFile.read(file(schema)))
                .withMessage("the Avro file has a schema of %d characters; it must have at most 65536"
                        .formatted(schema.length()));
    }

    @Test
    @Timeout(10)
    void theDeepestSchemasThatFitAreRefusedInASentence() {
        String nested = "{\"type\":\"array\",\"items\":".repeat(2_500) + "\"int\"" + "}".repeat(2_500);
        String arrays = "[".repeat(ContainerFile.MAX_SCHEMA_CHARACTERS);
        for (String schema : new String[] {chain(900), nested, arrays}) {
            assertThatExceptionOfType(InvalidRecordException.class)
                    .isThrownBy(() -> SnapshotFile.read(file(schema)))
                    .withMessageStartingWith("it is not an Avro WeightSnapshot: ");
        }
    }

    /// Records, each of which has the one before as a field.
    private static String chain(int length) {
        StringBuilder types = new StringBuilder("[\"null\"");
        for (int i = 0; i < length; i++) {
            String field = i == 0 ? "" : "{\"name\":\"f\",\"type\":\"R" + (i - 1) + "\"}";
            types.append(",{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[%s]}".formatted(i, field));
        }
        return "{\"type\":\"record\",\"name\":\"WeightSnapshot\",\"namespace\":\"dev.inkstream.record.avro\","
                + "\"fields\":[{\"name\":\"x\",\"type\":" + types + "]}]}";
    }

    private static byte[] file(String schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'O', 'b', 'j', 1});
        number(out, 1);
        text(out, "avro.schema");
        text(out, schema);
        number(out, 0);
        out.writeBytes(new byte[16]);
        number(out, 1);
        number(out, 1);
        out.write(0);
        out.writeBytes(new byte[16]);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int left = value << 1;
        while (left > 0x7F) {
            out.write((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
