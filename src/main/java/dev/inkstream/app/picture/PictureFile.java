package dev.inkstream.app.picture;

import dev.inkstream.app.console.UserException;
import dev.inkstream.dataset.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Writes pictures as PNG files. Stateless.
public final class PictureFile {
    private static final int SCALE = 4;

    private PictureFile() {}

    /// @throws UserException if the file cannot be written
    public static void write(Path file, ImageGrid grid) {
        try {
            Files.write(file, grid.png(SCALE));
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "its directory does not exist" : FileReason.of(e);
            throw new UserException("%s cannot be written (%s)".formatted(file, reason), e);
        }
    }
}
