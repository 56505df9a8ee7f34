package dev.inkstream.interchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An array in NumPy's `.npy` format, version 1.0: a header, a Python literal, then the values. Immutable.
///
/// @param type `<f4`, little-endian float32, or `<U` and a number of characters
/// @param shape its sizes, the last of which changes fastest; empty for a single value
/// @param values belongs to the array
record NumpyArray(String type, List<Long> shape, byte[] values) {
    static final String FLOATS = "<f4";

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final Charset CHARACTERS = Charset.forName("UTF-32LE");
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '(<f4|<U\\d{1,9})', 'fortran_order': False, 'shape': \\(([\\d, ]{0,60})\\), \\} *\n");

    static NumpyArray floats(byte[] values, long... shape) {
        return new NumpyArray(FLOATS, Arrays.stream(shape).boxed().toList(), values);
    }

    static NumpyArray text(String text) {
        return new NumpyArray("<U" + text.codePointCount(0, text.length()), List.of(), text.getBytes(CHARACTERS));
    }

    String text() {
        return new String(values, CHARACTERS);
    }

    byte[] toBytes() {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                .formatted(type, shape.size() == 1 ? sizes + "," : sizes);
        int before = MAGIC.length + Short.BYTES;
        int padded = Math.ceilDiv(before + header.length() + 1, ALIGNMENT) * ALIGNMENT - before;
        byte[] text = (header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(MAGIC, before + padded + values.length);
        bytes[MAGIC.length] = (byte) padded;
        bytes[MAGIC.length + 1] = (byte) (padded >> Byte.SIZE);
        System.arraycopy(text, 0, bytes, before, padded);
        System.arraycopy(values, 0, bytes, before + padded, values.length);
        return bytes;
    }

    /// Reads an array to the end of the stream.
    ///
    /// @param limit of the bytes of its values
    /// @throws dev.inkstream.record.InvalidRecordException if it is none of ours, or larger
    static NumpyArray read(String name, InputStream in, long limit) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + Short.BYTES);
        if (start.length < MAGIC.length + Short.BYTES
                || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw WeightsFile.refused(name + " is no array in NumPy's format 1.0");
        }
        int length = Byte.toUnsignedInt(start[MAGIC.length]) | Byte.toUnsignedInt(start[MAGIC.length + 1]) << Byte.SIZE;
        String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw WeightsFile.refused(name + " has another header than an array of float32 in C order, or a text");
        }
        String type = parts.group(1);
        List<Long> shape = Arrays.stream(parts.group(2).split(",", -1))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .map(size -> size.length() > 9 ? Long.MAX_VALUE : Long.parseLong(size))
                .toList();
        long expected = bytes(type, shape);
        if (expected > limit) {
            throw WeightsFile.refused(name + " has more than " + limit + " bytes");
        }
        byte[] values = in.readNBytes((int) expected);
        if (values.length != expected || in.read() >= 0) {
            throw WeightsFile.refused(name + " has more or fewer bytes than its shape needs");
        }
        return new NumpyArray(type, shape, values);
    }

    private static long bytes(String type, List<Long> shape) {
        double bytes = type.equals(FLOATS) ? Float.BYTES : Integer.BYTES * Double.parseDouble(type.substring(2));
        for (long size : shape) {
            bytes *= size;
        }
        return (long) bytes;
    }
}
