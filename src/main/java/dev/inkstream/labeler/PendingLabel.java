package dev.inkstream.labeler;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A label with all that its dead letter needs if its image never comes. Immutable: `value` and `headers` belong to
/// it.
///
/// @param label the class
/// @param timestamp of the record, in milliseconds, as it came
/// @param where it was read from
/// @param headers as they came
/// @param value as it came
record PendingLabel(int label, long timestamp, Origin where, Headers headers, byte[] value) {
    private static final StateFormat FORMAT = StateFormat.first("label in the labeler's state held-by-image-id");

    /// Where a record was read from.
    record Origin(String topic, int partition, long offset) implements RecordMetadata {
        static Origin of(RecordMetadata where) {
            return new Origin(where.topic(), where.partition(), where.offset());
        }
    }

    byte[] toBytes() {
        Header[] all = headers.toArray();
        StateWriter out = FORMAT.writer(value.length)
                .number(label)
                .number(timestamp)
                .text(where.topic())
                .number(where.partition())
                .number(where.offset())
                .array(all.length);
        for (Header header : all) {
            out.text(header.key()).optionalBytes(header.value());
        }
        return out.end().bytes(value).toBytes();
    }

    /// @param entryTime time of the entry that holds it: the timestamp, where it was not written down
    /// @throws dev.inkstream.record.StateFormatException if the bytes are no label
    static PendingLabel fromBytes(byte[] bytes, long entryTime) {
        if (StateFormat.isUnversioned(bytes)) {
            return unversioned(ByteBuffer.wrap(bytes), entryTime);
        }
        return FORMAT.read(bytes, PendingLabel::versioned);
    }

    private static PendingLabel versioned(StateReader in) {
        int label = in.smallNumber();
        long timestamp = in.number();
        Origin where = new Origin(in.text(), in.smallNumber(), in.number());
        RecordHeaders headers = new RecordHeaders();
        int count = in.array();
        for (int i = 0; i < count; i++) {
            headers.add(in.text(), in.optionalBytes());
        }
        if (count > 0) {
            in.end();
        }
        return new PendingLabel(label, timestamp, where, headers, in.bytes());
    }

    private static PendingLabel unversioned(ByteBuffer in, long entryTime) {
        int label = in.getInt();
        int partition = in.getInt();
        long offset = in.getLong();
        Origin where = new Origin(unversionedText(in), partition, offset);
        RecordHeaders headers = new RecordHeaders();
        for (int left = in.getInt(); left > 0; left--) {
            headers.add(unversionedText(in), unversionedBytes(in));
        }
        byte[] value = unversionedBytes(in);
        return new PendingLabel(label, entryTime, where, headers, value == null ? new byte[0] : value);
    }

    private static String unversionedText(ByteBuffer in) {
        byte[] bytes = unversionedBytes(in);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /// The length, -1 for null, and the bytes.
    private static byte @Nullable [] unversionedBytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
