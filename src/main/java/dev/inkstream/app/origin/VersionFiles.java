package dev.inkstream.app.origin;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.FileReason;
import dev.inkstream.interchange.WeightsFile;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.WeightSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Versions in the file system. Stateless.
public final class VersionFiles {
    private VersionFiles() {}

    /// The version in a file, which may come from anyone.
    ///
    /// @throws UserException if it cannot be read, or is none
    public static WeightSnapshot read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(WeightsFile.MAX_BYTES + 1);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "it does not exist" : FileReason.of(e);
            throw new UserException("%s cannot be read (%s)".formatted(file, reason), e);
        }
        if (bytes.length > WeightsFile.MAX_BYTES) {
            throw new UserException("%s is larger than %d bytes; it must be a version that 'models export' wrote"
                    .formatted(file, WeightsFile.MAX_BYTES));
        }
        try {
            return WeightsFile.read(bytes);
        } catch (InvalidRecordException e) {
            throw new UserException(
                    "%s cannot be used: %s".formatted(file, Text.printable(String.valueOf(e.getMessage()))), e);
        }
    }

    /// @throws UserException if it cannot be written
    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "its directory does not exist" : FileReason.of(e);
            throw new UserException("%s cannot be written (%s)".formatted(file, reason), e);
        }
    }
}
