package dev.inkstream.app.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A directory that goes with its process: the next process deletes it if this one is killed. While a process uses it,
/// the process holds the lock of a file in it, which the system releases at the process's end, however that comes. Only
/// this user can read it or write to it, and its name is new: another user cannot have made it first. Thread-safe.
///
/// @param owner the open file whose lock is held
public record TemporaryDirectory(Path path, FileChannel owner) implements AutoCloseable {
    /// Begins the name of the locked file; the process ends it. The file of this process must not even be opened
    /// again: on POSIX the lock goes with the first channel of the process that is closed.
    private static final String OWNER = ".inkstream-owner-";

    /// Between the making of a directory and the locking of its file another process could take it for abandoned.
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    /// A new one beside others of the same prefix.
    public static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        Path path = Files.createTempDirectory(parent, prefix);
        try {
            FileChannel owner =
                    FileChannel.open(path.resolve(ownFile()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            owner.lock(); // held until the channel is closed
            return new TemporaryDirectory(path, owner);
        } catch (IOException e) {
            // Without the locked file, nobody would see that the directory is abandoned.
            Files.walkFileTree(path, new Deletion());
            throw e;
        }
    }

    /// Deletes those beside this one that other processes of the same user left behind. What cannot be looked at or
    /// deleted stays.
    public void removeAbandoned(String prefix, InstantSource clock) throws IOException {
        Instant before = clock.instant().minus(YOUNGEST);
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(path.resolveSibling(""), prefix + "*")) {
            for (Path directory : directories) {
                try {
                    removeIfAbandoned(directory, before);
                } catch (IOException e) {
                    // It stays: what is not ours to delete is no obstacle.
                }
            }
        }
    }

    /// A process id alone names no process: in containers that share the directory, each can be process 1.
    static String ownFile() {
        ProcessHandle self = ProcessHandle.current();
        return OWNER + self.pid() + "-"
                + self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private void removeIfAbandoned(Path directory, Instant before) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) || !isOfThisUser(directory)) {
            return;
        }
        try (DirectoryStream<Path> owners = Files.newDirectoryStream(directory, OWNER + "*")) {
            for (Path owner : owners) {
                if (isOfAnotherProcess(owner)
                        && Files.getLastModifiedTime(owner).toInstant().isBefore(before)) {
                    removeIfUnlocked(directory, owner);
                }
            }
        }
    }

    /// In a directory of another user, files could turn into links to those of this user while they are deleted.
    private boolean isOfThisUser(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path));
    }

    private boolean isOfAnotherProcess(Path owner) throws IOException {
        return !owner.endsWith(ownFile())
                && Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
                && isOfThisUser(owner);
    }

    private static void removeIfUnlocked(Path directory, Path owner) throws IOException {
        try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.walkFileTree(directory, new Deletion());
            }
        }
    }

    /// Deletes it.
    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Deletion());
            owner.close();
        } catch (NoSuchFileException e) {
            // Closed before, or deleted by somebody else.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    /// Deletes a tree; what vanishes on its own meanwhile is all right.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
