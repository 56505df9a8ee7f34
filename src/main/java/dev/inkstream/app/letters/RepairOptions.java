package dev.inkstream.app.letters;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.FileReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What replaces the key or the value of one record.
final class RepairOptions {
    @Option(
            names = "--value-file",
            paramLabel = "FILE",
            description = "Send the content of this file as the value; needs one OFFSET.")
    private @Nullable Path file;

    @Option(names = "--key", paramLabel = "ID", description = "Send this text as the key; needs one OFFSET.")
    private @Nullable String key;

    /// @param offsets how many offsets are named
    /// @param maxBytes of a value
    /// @throws UsageException if it is not clear which record is meant
    Repair repair(int offsets, int maxBytes) {
        if (file == null && key == null) {
            return Repair.NONE;
        }
        if (offsets != 1) {
            throw new UsageException(
                    "OFFSET is given %d times; it must be given once with --value-file and --key".formatted(offsets));
        }
        return new Repair(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8), file == null ? null : read(file, maxBytes));
    }

    private static byte[] read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] value = in.readNBytes(maxBytes + 1);
            if (value.length > maxBytes) {
                throw new UserException(
                        "%s has more than %d bytes; it must have at most that many".formatted(file, maxBytes));
            }
            return value;
        } catch (IOException e) {
            throw new UserException("%s cannot be read (%s)".formatted(file, FileReason.of(e)), e);
        }
    }
}
