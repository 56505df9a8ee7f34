package dev.inkstream.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Looks at the files that a user names.
final class UserFiles {
    private UserFiles() {}

    /// Refuses what cannot be read as a file: a directory, a link to nothing, a pipe.
    ///
    /// @param expected what it must be, such as `a picture file`
    /// @throws DatasetException if it is no file
    static void checkRegular(Path file, String expected) {
        String todo = "; it must be " + expected + ". Replace it or move it away.";
        if (Files.isDirectory(file)) {
            throw new DatasetException(file + " is a directory" + todo);
        }
        checkLink(file, expected);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DatasetException(file + " is not a regular file" + todo);
        }
    }

    /// Refuses a link to nothing.
    ///
    /// @param expected what it must be, such as `a directory`
    /// @throws DatasetException if it is one
    static void checkLink(Path file, String expected) {
        if (Files.isSymbolicLink(file) && Files.notExists(file)) {
            throw new DatasetException(file + " is a link to " + target(file) + ", which does not exist; it must be "
                    + expected + ". Replace it or move it away.");
        }
    }

    /// What is in a directory, sorted by name; nothing if it is no directory.
    ///
    /// @throws DatasetException if it cannot be listed
    static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.limit(ReadLimit.MAX_IMAGES + 1L)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException e) {
            Exception cause = e.getCause();
            throw unlistable(directory, cause == null ? e : cause);
        } catch (IOException e) {
            throw unlistable(directory, e);
        }
    }

    private static DatasetException unlistable(Path directory, Exception e) {
        return new DatasetException(directory + " cannot be listed (" + FileReason.of(e) + "). Make it readable.", e);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "a place that cannot be read";
        }
    }
}
