package dev.inkstream.interchange;

import dev.inkstream.stream.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Collects parameters, at most as many as a version can have. Not thread-safe.
final class FloatList {
    private byte[] bytes = new byte[1024];
    private int length;

    /// @throws dev.inkstream.record.InvalidRecordException if there are too many
    void add(float value) {
        reserve(Float.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(length, value);
        length += Float.BYTES;
    }

    /// Appends values as they are in memory: little-endian.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if there are too many
    void add(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, length, values.length);
        length += values.length;
    }

    /// @throws dev.inkstream.record.InvalidRecordException if so many more are too many
    void require(long values) {
        if (length / Float.BYTES + values > Topics.MAX_PARAMETERS) {
            throw WeightsFile.refused(
                    "it has more than " + Topics.MAX_PARAMETERS + " parameters, the most of a version");
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        require(more / Float.BYTES);
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, length + Math.max(more, length));
        }
    }
}
