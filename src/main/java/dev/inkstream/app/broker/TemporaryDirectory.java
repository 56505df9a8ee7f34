package dev.inkstream.app.broker;

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
/// the process holds the lock of a file in it, which the system releases at the process's end, however that comes.
///
/// @param owner the open file whose lock is held
record TemporaryDirectory(Path path, FileChannel owner) implements AutoCloseable {
    /// Begins the name of the locked file; the process id ends it. The file of this process must not even be opened
    /// again: on POSIX the lock goes with the first channel of the process that is closed.
    private static final String OWNER = ".inkstream-owner-";

    /// Between the making of a directory and the locking of its file another process could take it for abandoned.
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    /// A new one beside others of the same prefix.
    static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        Path path = Files.createTempDirectory(parent, prefix);
        FileChannel owner =
                FileChannel.open(path.resolve(ownFile()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        owner.lock(); // held until the channel is closed
        return new TemporaryDirectory(path, owner);
    }

    /// Deletes those that this user's processes left behind. What cannot be looked at or deleted stays.
    static void removeAbandoned(Path parent, String prefix, InstantSource clock) throws IOException {
        Instant before = clock.instant().minus(YOUNGEST);
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : directories) {
                try {
                    removeIfAbandoned(directory, before);
                } catch (IOException e) {
                    // It stays: what is not ours to delete is no obstacle.
                }
            }
        }
    }

    private static String ownFile() {
        return OWNER + ProcessHandle.current().pid();
    }

    private static void removeIfAbandoned(Path directory, Instant before) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> owners = Files.newDirectoryStream(directory, OWNER + "*")) {
            for (Path owner : owners) {
                if (isOfAnother(owner, directory)
                        && Files.getLastModifiedTime(owner).toInstant().isBefore(before)) {
                    removeIfUnlocked(directory, owner);
                }
            }
        }
    }

    /// Whether another process of this user made it.
    private static boolean isOfAnother(Path owner, Path directory) throws IOException {
        return !owner.endsWith(ownFile())
                && Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(owner)
                && Files.getOwner(owner).equals(Files.getOwner(directory));
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
