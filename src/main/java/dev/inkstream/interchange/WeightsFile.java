package dev.inkstream.interchange;

import dev.inkstream.codec.SnapshotFile;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;

/// Reads what [WeightsFormat] writes. The file may come from anyone: nothing is allocated by what it says before that
/// is known to fit. Stateless.
public final class WeightsFile {
    /// The largest file that is read: JSON of the largest network.
    public static final int MAX_BYTES = 128 << 20;

    /// The first byte of an ONNX model: the tag of `ir_version`.
    private static final byte ONNX_VERSION = 0x08;

    /// The longest name of a model in characters.
    private static final int MAX_NAME = 200;

    private WeightsFile() {}

    /// The version in a file; its format follows from its first bytes.
    ///
    /// @throws InvalidRecordException if it is none of ours, does not have the digest that it says, or is no network
    public static WeightSnapshot read(byte[] file) {
        WeightSnapshot snapshot = decode(file);
        int name = snapshot.id().model().length();
        if (name > MAX_NAME) {
            throw refused("its model has a name of %d characters; it must have at most %d".formatted(name, MAX_NAME));
        }
        var _ = Snapshots.network(snapshot);
        return snapshot;
    }

    private static WeightSnapshot decode(byte[] file) {
        int first = file.length == 0 ? -1 : file[0];
        return switch (first) {
            case 'O' -> SnapshotFile.read(file);
            case 'P' -> NumpyArchive.read(file);
            case '{' -> JsonDocument.read(file);
            case ONNX_VERSION ->
                throw refused("it seems to be an ONNX file, which cannot be imported; export the version as"
                        + " inkstream, npz or json");
            default -> throw refused("it is no file of the format inkstream, npz or json that 'models export' wrote");
        };
    }

    static InvalidRecordException refused(String why) {
        return new InvalidRecordException(RejectReason.BAD_SNAPSHOT, why);
    }
}
