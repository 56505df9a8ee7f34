package dev.inkstream.stream.intake;

import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Copies a key or a value out of the client's buffer: whole if it is within its bound, else its first bytes, with a
/// [Cut] among the record's headers. What a large record takes is then garbage before the next one is read. Not
/// thread-safe: it belongs to one consumer.
final class BoundedBytes implements Deserializer<byte[]> {
    private final Part part;
    private final IntakeLimits limits;
    private final PollBudget budget;

    /// What is deserialized.
    enum Part {
        KEY,
        VALUE
    }

    BoundedBytes(Part part, IntakeLimits limits, PollBudget budget) {
        this.part = part;
        this.limits = limits;
        this.budget = budget;
    }

    @Override
    public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : deserialize(topic, new RecordHeaders(), ByteBuffer.wrap(data));
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
        int size = data.remaining();
        int max = part == Part.VALUE ? limits.maxValueBytes(topic) : limits.maxKeyBytes(topic);
        int kept = size <= max ? size : Math.min(size, IntakeLimits.PREFIX_BYTES);
        budget.take(headers, kept + release(headers));
        byte[] bytes = new byte[kept];
        data.get(data.position(), bytes);
        if (kept < size) {
            Sha256 digest = Sha256.of(data.duplicate());
            headers.add(part == Part.VALUE ? Cut.ofValue(size, digest, max) : Cut.ofKey(size, digest));
        }
        return bytes;
    }

    /// A header refers to the buffer of the whole record until its name and value are asked for.
    ///
    /// @return the bytes of all headers
    private static long release(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += HeaderReader.size(header);
        }
        return bytes;
    }
}
