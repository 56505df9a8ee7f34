package dev.inkstream.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import dev.inkstream.stream.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A version as NumPy's `.npz`, a ZIP file of arrays: for each layer, counted from 1, `w1` of shape inputs x outputs
/// and `b1` of shape outputs, and the text `metadata`, which is the [Header]. Stateless.
final class NumpyArchive {
    private static final String METADATA = "metadata";
    private static final String ENDING = ".npy";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int MAX_ARRAYS = 201;

    /// 16,384 characters.
    private static final int MAX_METADATA_BYTES = 64 << 10;

    private NumpyArchive() {}

    static byte[] write(WeightSnapshot snapshot) {
        NetworkShape shape = Snapshots.network(snapshot).architecture().shape();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, METADATA, NumpyArray.text(Header.of(snapshot).toString()));
            int at = 0;
            for (int layer = 0; layer < shape.layers(); layer++) {
                int inputs = shape.inputs(layer);
                int outputs = shape.outputs(layer);
                int biases = at + inputs * outputs * Float.BYTES;
                int next = biases + outputs * Float.BYTES;
                put(zip, "w" + (layer + 1), NumpyArray.floats(part(snapshot, at, biases), inputs, outputs));
                put(zip, "b" + (layer + 1), NumpyArray.floats(part(snapshot, biases, next), outputs));
                at = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] part(WeightSnapshot snapshot, int from, int to) {
        return Arrays.copyOfRange(snapshot.parameters(), from, to);
    }

    private static void put(ZipOutputStream zip, String name, NumpyArray array) throws IOException {
        ZipEntry entry = new ZipEntry(name + ENDING);
        // The same version gives the same file.
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(array.toBytes());
        zip.closeEntry();
    }

    static WeightSnapshot read(byte[] file) {
        Map<String, NumpyArray> arrays = arrays(file);
        NumpyArray metadata = arrays.get(METADATA);
        if (metadata == null || metadata.type().equals(NumpyArray.FLOATS)) {
            throw WeightsFile.refused("it has no text metadata");
        }
        JsonNode header = Header.parse(metadata.text());
        List<Integer> sizes = Header.sizes(header);
        FloatList parameters = new FloatList();
        for (int layer = 1; layer < sizes.size(); layer++) {
            long inputs = sizes.get(layer - 1);
            long outputs = sizes.get(layer);
            parameters.add(floats(arrays, "w" + layer, List.of(inputs, outputs)));
            parameters.add(floats(arrays, "b" + layer, List.of(outputs)));
        }
        return Header.snapshot(header, parameters.toBytes());
    }

    private static byte[] floats(Map<String, NumpyArray> arrays, String name, List<Long> shape) {
        NumpyArray array = arrays.get(name);
        if (array == null
                || !array.type().equals(NumpyArray.FLOATS)
                || !array.shape().equals(shape)) {
            throw WeightsFile.refused("it has no array " + name + " of float32 with the shape " + shape);
        }
        return array.values();
    }

    /// All arrays together have no more bytes than the largest version: what is packed may be much larger than the
    /// file.
    private static Map<String, NumpyArray> arrays(byte[] file) {
        Map<String, NumpyArray> arrays = new HashMap<>();
        long left = Topics.MAX_WEIGHTS_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (arrays.size() == MAX_ARRAYS) {
                    throw WeightsFile.refused("it has more than " + MAX_ARRAYS + " arrays");
                }
                String name = name(entry);
                NumpyArray array = NumpyArray.read(name, zip, name.equals(METADATA) ? MAX_METADATA_BYTES : left);
                left -= array.values().length;
                arrays.put(name, array);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw WeightsFile.refused("it is not a ZIP file that can be read: " + e.getMessage());
        }
        return arrays;
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        if (!name.matches("([wb]\\d{1,3}|" + METADATA + ")\\" + ENDING)) {
            throw WeightsFile.refused("it has an entry that is none of metadata, w1, b1, w2, ...");
        }
        return name.substring(0, name.length() - ENDING.length());
    }
}
