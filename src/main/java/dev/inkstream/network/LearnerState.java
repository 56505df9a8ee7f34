package dev.inkstream.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// The bytes of a learner, little-endian: a format byte, the length of the configuration's description (int32) and that
/// description in UTF-8, the number of examples (int64), the layers of all it remembers (see [LayerBytes]), and the
/// CRC-32C of everything before it (int32).
final class LearnerState {
    static final byte FORMAT = 1;

    private static final int OVERHEAD = Byte.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

    private LearnerState() {}

    static byte[] write(TrainingConfig config, long examples, List<Layer[]> memory) {
        byte[] description = description(config);
        byte[] state = new byte[length(config, memory)];
        ByteBuffer to = buffer(state);
        to.put(FORMAT).putInt(description.length).put(description).putLong(examples);
        memory.forEach(layers -> LayerBytes.write(layers, to));
        to.putInt(checksum(state, to.position()));
        return state;
    }

    /// Reads into layers that have the shape already.
    ///
    /// @return the number of examples
    static long read(byte[] state, TrainingConfig config, List<Layer[]> memory) {
        ByteBuffer from = buffer(state);
        requireOurs(from, config);
        int expected = length(config, memory);
        require(state.length == expected, "has " + state.length + " bytes; it must have " + expected);
        int end = state.length - Integer.BYTES;
        require(from.getInt(end) == checksum(state, end), "is corrupt: its checksum does not match");
        long examples = from.getLong();
        require(
                examples >= 0 && examples % config.miniBatchSize() == 0,
                "is corrupt: it was taken after " + examples + " examples, within a mini-batch");
        memory.forEach(layers -> LayerBytes.read(from, layers));
        return examples;
    }

    private static void requireOurs(ByteBuffer from, TrainingConfig config) {
        require(from.remaining() >= OVERHEAD, "has only " + from.remaining() + " bytes");
        byte format = from.get();
        require(format == FORMAT, "has the format " + format + "; it must have " + FORMAT);
        int length = from.getInt();
        require(length >= 0 && length <= from.remaining(), "is corrupt: its description has " + length + " bytes");
        byte[] description = new byte[length];
        from.get(description);
        String text = new String(description, StandardCharsets.UTF_8);
        require(
                text.equals(config.describe()),
                "is of the configuration '" + text + "'; it must be of '" + config.describe() + "'");
    }

    private static int length(TrainingConfig config, List<Layer[]> memory) {
        int floats = memory.size() * config.architecture().shape().parameterCount();
        return OVERHEAD + description(config).length + floats * Float.BYTES;
    }

    private static byte[] description(TrainingConfig config) {
        return config.describe().getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("learner state " + problem);
        }
    }
}
