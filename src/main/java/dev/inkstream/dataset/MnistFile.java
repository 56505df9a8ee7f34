package dev.inkstream.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// One file of MNIST as mirrors serve it, and how to know that it is the real one.
///
/// @param name of the gzipped file
/// @param length of the unpacked file, in bytes
/// @param sha256 of the unpacked file, 64 lower-case hexadecimal digits (mirrors pack it differently)
record MnistFile(String name, int length, String sha256) {
    /// The four files of MNIST.
    static final List<MnistFile> ALL = List.of(
            new MnistFile(
                    "train-images-idx3-ubyte.gz",
                    47_040_016,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new MnistFile(
                    "train-labels-idx1-ubyte.gz",
                    60_008,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new MnistFile(
                    "t10k-images-idx3-ubyte.gz",
                    7_840_016,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new MnistFile(
                    "t10k-labels-idx1-ubyte.gz",
                    10_008,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// Checks a gzipped copy; never unpacks more than the true length.
    ///
    /// @throws IOException if it is not this file, or cannot be read
    void check(Path copy) throws IOException {
        MessageDigest digest = sha256Digest();
        int unpacked = 0;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(copy)))) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0 && unpacked <= length; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                unpacked += read;
            }
        }
        String actual = HexFormat.of().formatHex(digest.digest());
        if (unpacked != length || !actual.equals(sha256)) {
            throw new IOException("its SHA-256 is " + actual + "; it must be " + sha256);
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
