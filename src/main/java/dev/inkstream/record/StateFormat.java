package dev.inkstream.record;

import java.util.function.Function;

/// Bytes of one kind of state that outlives a process: the version of its format in one byte, then Avro's binary
/// encoding by the schema of that version in `src/main/avro`. Immutable and thread-safe.
///
/// The fields are written and read by hand, in the order of the schema: the live join does so several times a record. A
/// test reads each of them with Avro and the schema.
///
/// @param what whose state this is, as a message names it, for example `labeler's state held-by-image-id`
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

    /// Takes the fields in their order, and then gives the bytes.
    public StateWriter writer() {
        return writer(0);
    }

    /// The same.
    ///
    /// @param more bytes that the fields are expected to take beside some numbers
    public StateWriter writer(int more) {
        return new StateWriter(current, more);
    }

    /// Reads a value: all of its bytes, in the order of the fields.
    ///
    /// @param fields reads them one after the other
    /// @throws StateFormatException if the version is none that this build reads, or a byte is missing or left over
    public <T> T read(byte[] bytes, Function<StateReader, T> fields) {
        int version = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]);
        if (version < oldest || version > current) {
            throw unknown(version);
        }
        StateReader reader = new StateReader(this, version, bytes);
        T value = fields.apply(reader);
        reader.done();
        return value;
    }

    /// Whether bytes are from before there were versions. Then they began with a number of four or eight bytes, most
    /// significant first, of which the first byte is 0.
    public static boolean isUnversioned(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 0;
    }

    /// For bytes of a version that [#read(byte[], Function)] does not know.
    public StateFormatException unknown(int version) {
        return new StateFormatException("the " + what + " has format " + version + "; this build reads "
                + (oldest == current ? "" : oldest + " to ") + current
                + ". Start the build that wrote it, or a newer one.");
    }

    /// For bytes that end too early, or too late.
    public StateFormatException damaged(int version) {
        return new StateFormatException(
                "the " + what + ", format " + version + ", is damaged: it is shorter or longer than it says. Restore"
                        + " its changelog topic from a copy, or start another model or use another"
                        + " topic prefix.");
    }
}
