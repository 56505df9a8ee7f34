package dev.inkstream.interchange;

import dev.inkstream.codec.SnapshotFile;
import dev.inkstream.record.WeightSnapshot;
import java.util.Locale;

/// A form in which a version can be a file.
public enum WeightsFormat {
    /// Avro's container file with one `WeightSnapshot`: all that the topic has.
    INKSTREAM("avro") {
        @Override
        public byte[] write(WeightSnapshot snapshot) {
            return SnapshotFile.write(snapshot);
        }
    },
    /// An ONNX model, for other runtimes. It cannot be imported.
    ONNX("onnx") {
        @Override
        public byte[] write(WeightSnapshot snapshot) {
            return OnnxModel.write(snapshot);
        }
    },
    /// NumPy arrays `w1`, `b1`, `w2`, ... and `metadata`.
    NPZ("npz") {
        @Override
        public byte[] write(WeightSnapshot snapshot) {
            return NumpyArchive.write(snapshot);
        }
    },
    /// One JSON document.
    JSON("json") {
        @Override
        public byte[] write(WeightSnapshot snapshot) {
            return JsonDocument.write(snapshot);
        }
    };

    private final String ending;

    WeightsFormat(String ending) {
        this.ending = ending;
    }

    /// The usual name of a file: as `digits-v7.onnx`.
    public String fileName(WeightSnapshot snapshot) {
        return String.format(
                Locale.ROOT, "%s-v%d.%s", snapshot.id().model(), snapshot.id().version(), ending);
    }

    /// A version as the bytes of a file, the same for the same snapshot.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if it is no network
    public abstract byte[] write(WeightSnapshot snapshot);
}
