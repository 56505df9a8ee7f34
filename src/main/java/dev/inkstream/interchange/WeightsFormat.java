package dev.inkstream.interchange;

import dev.inkstream.codec.SnapshotFile;
import dev.inkstream.record.WeightSnapshot;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A form in which a version can be a file.
public enum WeightsFormat {
    /// Avro's container file with one `WeightSnapshot`: all that the topic has.
    INKSTREAM("avro"),
    /// An ONNX model, for other runtimes. It cannot be imported.
    ONNX("onnx"),
    /// NumPy arrays `w1`, `b1`, `w2`, ... and `metadata`.
    NPZ("npz"),
    /// One JSON document.
    JSON("json");

    private final String ending;

    WeightsFormat(String ending) {
        this.ending = ending;
    }

    /// The usual name of a file: as `digits-v7.onnx`.
    public String fileName(WeightSnapshot snapshot) {
        return String.format(
                Locale.ROOT, "%s-v%d.%s", snapshot.id().model(), snapshot.id().version(), ending);
    }

    /// The format that a file's name says, if it says one.
    public static Optional<WeightsFormat> ofFile(String name) {
        return Arrays.stream(values())
                .filter(format -> name.toLowerCase(Locale.ROOT).endsWith("." + format.ending))
                .findFirst();
    }

    /// How the name of a file ends, without the dot.
    public String ending() {
        return ending;
    }

    /// A version as the bytes of a file, the same for the same snapshot.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if it is no network
    public byte[] write(WeightSnapshot snapshot) {
        return switch (this) {
            case INKSTREAM -> SnapshotFile.write(snapshot);
            case ONNX -> OnnxModel.write(snapshot);
            case NPZ -> NumpyArchive.write(snapshot);
            case JSON -> JsonDocument.write(snapshot);
        };
    }
}
