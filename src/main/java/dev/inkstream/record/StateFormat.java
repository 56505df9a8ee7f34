package dev.inkstream.record;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Bytes of one kind of state that outlives a process: the version of its format in one byte, then Avro's binary
/// encoding by the schema of that version in `src/main/avro`. Immutable and thread-safe.
///
/// The fields are written and read by hand, in the order of the schema: state is written with every record, and this
/// costs a third of what Avro's data models do. A test reads each of them with the schema.
///
/// @param what whose state this is, as a message names it, for example `labeler's held images and labels`
/// @param oldest the first version that this build reads, 1 or more
/// @param current the version that it writes, and the last that it reads
public record StateFormat(String what, int oldest, int current) {
    public StateFormat {
        if (oldest < 1 || current < oldest || current > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "versions are " + oldest + " to " + current + "; they must be 1 to 127, in rising order");
        }
    }

    /// A format with one version.
    public static StateFormat first(String what) {
        return new StateFormat(what, 1, 1);
    }

    /// @param fields writes the fields
    public byte[] write(Consumer<StateWriter> fields) {
        return write(0, fields);
    }

    /// @param more bytes that the fields are expected to take beside some numbers
    /// @param fields writes the fields
    public byte[] write(int more, Consumer<StateWriter> fields) {
        StateWriter writer = new StateWriter(current, more);
        fields.accept(writer);
        return writer.toBytes();
    }

    /// The fields, to be read in their order.
    ///
    /// @throws UnknownStateFormatException if the version is none that this build reads
    public StateReader read(byte[] bytes) {
        int version = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]);
        if (version < oldest || version > current) {
            throw unknown(version);
        }
        return new StateReader(what, version, bytes);
    }

    /// For bytes of a version that [#read(byte[])] does not know.
    public UnknownStateFormatException unknown(int version) {
        return new UnknownStateFormatException("the " + what + " has format " + version + "; this build reads "
                + IntStream.rangeClosed(oldest, current).mapToObj(Integer::toString).collect(Collectors.joining(" and "))
                + ". Start the build that wrote it, or one that is newer.");
    }
}
