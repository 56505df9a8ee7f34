package dev.inkstream.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the fields of one [StateFormat] value in the order of its schema. Not thread-safe.
///
/// This is Avro's binary encoding written out: numbers in zigzag, seven bits a byte, the low ones first. Avro's own
/// encoder takes three times as long for a few numbers, and the live join writes some with every record.
public final class StateWriter {
    private static final int NUMBERS = 64;
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes;
    private int length;

    StateWriter(int version, int more) {
        bytes = new byte[NUMBERS + more];
        bytes[length++] = (byte) version;
    }

    private StateWriter() {
        bytes = new byte[NUMBERS];
    }

    /// Takes items of an array one by one, without a version, for [#items(StateWriter)].
    public static StateWriter ofItems() {
        return new StateWriter();
    }

    /// How many bytes have been written.
    public int length() {
        return length;
    }

    /// Forgets what was written.
    public void clear() {
        length = 0;
    }

    /// All that was written, the version first.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// An Avro `long`, or an `int` or `enum`, which are written alike.
    public StateWriter number(long value) {
        reserve(LONGEST_NUMBER);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
        return this;
    }

    /// An Avro `boolean`.
    public StateWriter flag(boolean value) {
        reserve(1);
        bytes[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    /// An Avro `string`.
    public StateWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /// An Avro `bytes`.
    public StateWriter bytes(byte[] value) {
        number(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /// An Avro union of `null` and `bytes`.
    public StateWriter optionalBytes(byte @Nullable [] value) {
        number(value == null ? 0 : 1);
        return value == null ? this : bytes(value);
    }

    /// Begins an Avro `array`; the fields of so many items follow, then [#end()].
    public StateWriter array(int items) {
        return items == 0 ? this : number(items);
    }

    /// Appends array blocks that another writer took. [#end()] follows.
    public StateWriter items(StateWriter blocks) {
        reserve(blocks.length);
        System.arraycopy(blocks.bytes, 0, bytes, length, blocks.length);
        length += blocks.length;
        return this;
    }

    /// Ends an array.
    public StateWriter end() {
        return number(0);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(more, length)));
        }
    }
}
