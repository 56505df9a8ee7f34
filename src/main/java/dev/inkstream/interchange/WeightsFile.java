package dev.inkstream.interchange;

import dev.inkstream.codec.SnapshotFile;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;

/// Reads what [WeightsFormat] writes. The bytes may be anybody's: nothing is allocated by what they say before that is
/// known to fit. Stateless.
public final class WeightsFile {
    /// The largest file that is read: JSON of the largest network.
    public static final int MAX_BYTES = 128 << 20;

    private WeightsFile() {}

    /// The version in a file; its format follows from its first bytes.
    ///
    /// @throws InvalidRecordException if it is none of ours, does not have the digest that it says, or is no network
    public static WeightSnapshot read(byte[] file) {
        WeightSnapshot snapshot = decode(file);
        var _ = Snapshots.network(snapshot);
        return snapshot;
    }

    private static WeightSnapshot decode(byte[] file) {
        int first = file.length == 0 ? -1 : file[0];
        return switch (first) {
            case 'O' -> SnapshotFile.read(file);
            case 'P' -> NumpyArchive.read(file);
            case '{' -> JsonDocument.read(file);
            default -> throw refused("it is no file of the format inkstream, npz or json that 'models export' wrote");
        };
    }

    static InvalidRecordException refused(String why) {
        return new InvalidRecordException(RejectReason.BAD_SNAPSHOT, why);
    }
}
