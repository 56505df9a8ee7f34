package dev.inkstream.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A label with all that its dead letter would say, should its image never come. Immutable: `value` and `headers`
/// belong to it.
///
/// @param label the class
/// @param topic it was read from
/// @param partition it was read from
/// @param offset it was read from
/// @param headers as they came
/// @param value as it came
record ArrivedLabel(int label, String topic, int partition, long offset, Headers headers, byte[] value)
        implements RecordMetadata {
    private static final int NULL = -1;

    static ArrivedLabel of(int label, RecordMetadata where, Headers headers, byte[] value) {
        return new ArrivedLabel(label, where.topic(), where.partition(), where.offset(), headers, value);
    }

    byte[] toBytes() {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        Header[] all = headers.toArray();
        int length = 5 * Integer.BYTES + Long.BYTES + name.length + value.length;
        for (Header header : all) {
            length += 2 * Integer.BYTES + utf8(header).length + (header.value() == null ? 0 : header.value().length);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(label).putInt(partition).putLong(offset);
        put(out, name);
        out.putInt(all.length);
        for (Header header : all) {
            put(out, utf8(header));
            put(out, header.value());
        }
        put(out, value);
        return out.array();
    }

    static ArrivedLabel ofBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int label = in.getInt();
        int partition = in.getInt();
        long offset = in.getLong();
        String topic = new String(bytes(in), StandardCharsets.UTF_8);
        RecordHeaders headers = new RecordHeaders();
        for (int left = in.getInt(); left > 0; left--) {
            String name = new String(bytes(in), StandardCharsets.UTF_8);
            headers.add(name, nullable(in));
        }
        return new ArrivedLabel(label, topic, partition, offset, headers, bytes(in));
    }

    private static byte[] utf8(Header header) {
        return header.key().getBytes(StandardCharsets.UTF_8);
    }

    /// A header's value may be null, and says so by its length.
    private static void put(ByteBuffer out, byte @Nullable [] bytes) {
        if (bytes == null) {
            out.putInt(NULL);
        } else {
            out.putInt(bytes.length).put(bytes);
        }
    }

    private static byte @Nullable [] nullable(ByteBuffer in) {
        if (in.getInt(in.position()) == NULL) {
            in.getInt();
            return null;
        }
        return bytes(in);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
