package dev.inkstream.dataset;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Says in words why a file cannot be used, without the names of Java's exceptions.
public final class FileReason {
    private FileReason() {}

    /// The reason without the file's name, which the sentence has already.
    public static String of(Exception e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it does not exist";
            case NotDirectoryException _ -> "it is not a directory";
            case FileAlreadyExistsException _ -> "it is not a directory, or exists already";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default ->
                e.getMessage() == null || e.getMessage().isBlank()
                        ? e.getClass().getSimpleName()
                        : e.getMessage().strip().replaceAll("\\s+", " ");
        };
    }
}
