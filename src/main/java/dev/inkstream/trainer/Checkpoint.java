package dev.inkstream.trainer;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/// All that training needs to resume where it was when it published a version. Immutable: `learner` belongs to
/// the record from then on.
///
/// It exists between two mini-batches alone, so no open mini-batch is in it.
///
/// @param training preset, seed and hyperparameters; a run must have the same to resume from here
/// @param version the version published with it
/// @param nextOffset offset in `labeled-images` from which training continues; -1 before the first record was seen
/// @param firstOffset offset of the first record seen; -1 before it, or if an earlier build saw it
/// @param learner the learner's own state
record Checkpoint(String training, long version, long nextOffset, long firstOffset, byte[] learner) {
    private static final int WITHOUT_FIRST_OFFSET = 2;
    private static final StateFormat FORMAT = new StateFormat("trainer's checkpoint", WITHOUT_FIRST_OFFSET, 3);
    private static final long UNKNOWN = -1;

    /// The format before it was Avro, with its number in four bytes.
    private static final int UNVERSIONED_FORMAT = 1;

    byte[] toBytes() {
        return FORMAT.writer(learner.length + 4 * training.length())
                .text(training)
                .number(version)
                .number(nextOffset)
                .number(firstOffset)
                .bytes(learner)
                .toBytes();
    }

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no checkpoint of a format that this
    ///     build reads
    static Checkpoint fromBytes(byte[] bytes) {
        if (StateFormat.isUnversioned(bytes)) {
            return unversioned(bytes);
        }
        return FORMAT.read(
                bytes, in -> new Checkpoint(in.text(), in.number(), in.number(), firstOffset(in), in.bytes()));
    }

    private static long firstOffset(StateReader in) {
        return in.version() == WITHOUT_FIRST_OFFSET ? UNKNOWN : in.number();
    }

    private static Checkpoint unversioned(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != UNVERSIONED_FORMAT) {
                throw FORMAT.unknown(format);
            }
            String training = in.readUTF();
            long version = in.readLong();
            long nextOffset = in.readLong();
            int length = in.readInt();
            if (length != in.available()) {
                throw FORMAT.damaged(UNVERSIONED_FORMAT);
            }
            return new Checkpoint(training, version, nextOffset, UNKNOWN, in.readAllBytes());
        } catch (IOException e) {
            throw FORMAT.damaged(UNVERSIONED_FORMAT);
        }
    }
}
