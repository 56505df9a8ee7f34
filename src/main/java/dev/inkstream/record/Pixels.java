package dev.inkstream.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// The grey levels of an image as a part of an array, such as the bytes of the record that they came in: nothing is
/// copied. Immutable; equal by content. The array belongs to it: neither the caller nor a reader may change it.
///
/// @param array holds them
/// @param start index of the first one
/// @param length how many there are
public record Pixels(byte[] array, int start, int length) {
    /// @throws IndexOutOfBoundsException if the array has fewer
    public Pixels {
        Objects.checkFromIndexSize(start, length, array.length);
    }

    /// All of an array.
    public static Pixels of(byte[] array) {
        return new Pixels(array, 0, array.length);
    }

    /// An array of these grey levels alone: their own if it has no others, else a copy. Never to be written to.
    public byte[] bytes() {
        return length == array.length ? array : copy();
    }

    /// A new array of these grey levels.
    public byte[] copy() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /// A buffer of them, without a copy.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, start, length);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Pixels that
                && Arrays.equals(array, start, start + length, that.array, that.start, that.start + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " pixels";
    }
}
