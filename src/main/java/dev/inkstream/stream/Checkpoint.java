package dev.inkstream.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// All that training needs to go on where it stood when a version was published. Immutable: `learner` belongs to
/// the record from then on.
///
/// It exists between two mini-batches alone, so no open mini-batch is in it.
///
/// @param training preset, seed and hyperparameters; another run must have the same to go on from here
/// @param version the version published with it
/// @param nextOffset offset in `labeled-images` from which training goes on; -1 before the first record was seen
/// @param learner the learner's own state
record Checkpoint(String training, long version, long nextOffset, byte[] learner) {
    private static final int FORMAT = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(learner.length + 512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(training);
            out.writeLong(version);
            out.writeLong(nextOffset);
            out.writeInt(learner.length);
            out.write(learner);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// @throws IllegalStateException if the bytes are no checkpoint of this format
    static Checkpoint fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("it has format " + format + ", this version reads " + FORMAT);
            }
            String training = in.readUTF();
            long version = in.readLong();
            long nextOffset = in.readLong();
            int length = in.readInt();
            if (length != in.available()) {
                throw new IOException("it says " + length + " bytes follow, but " + in.available() + " do");
            }
            return new Checkpoint(training, version, nextOffset, in.readAllBytes());
        } catch (EOFException e) {
            throw new IllegalStateException("the trainer's checkpoint cannot be read: it ends too early", e);
        } catch (IOException e) {
            throw new IllegalStateException("the trainer's checkpoint cannot be read: " + e.getMessage(), e);
        }
    }
}
