package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.dataset.FileReason;
import dev.inkstream.signature.InvalidKeyTextException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the text of a key is found. Messages name the place and never the text.
///
/// @param option that names it, as it is written
/// @param value a file, or `${provider:path:key}`
record KeyText(String option, String value) {
    private static final Logger LOG = LoggerFactory.getLogger(KeyText.class);

    /// Many times a key and its comments.
    private static final int MAX_BYTES = 16 * 1024;

    /// @param form what it must be, as the end of a sentence
    /// @throws UsageException if it cannot be read, or is not what it must be
    <K> K parse(KafkaOptions kafka, String form, Function<String, K> key) {
        String text = isReference() ? kafka.resolved(option, value) : file(form);
        try {
            K parsed = key.apply(text);
            warnIfOthersMayRead();
            return parsed;
        } catch (InvalidKeyTextException e) {
            throw wrong(form, e.getMessage());
        }
    }

    private String file(String form) {
        try {
            try (InputStream in = Files.newInputStream(Path.of(value))) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw wrong(form, "it has more than %d bytes".formatted(MAX_BYTES));
                }
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException | InvalidPathException e) {
            throw wrong(form, FileReason.of(e));
        }
    }

    /// Not refused: Kubernetes mounts secrets like this by default.
    private void warnIfOthersMayRead() {
        if (option.equals("--sign") && !isReference() && othersMayRead(Path.of(value))) {
            LOG.warn(
                    "{} is {}, which every user of this machine can read; take that right away: chmod o= {}",
                    option,
                    value,
                    value);
        }
    }

    private static boolean othersMayRead(Path path) {
        try {
            @Nullable PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            LOG.debug("the permissions of {} cannot be read", path, e);
            return false;
        }
    }

    private boolean isReference() {
        return value.startsWith("${");
    }

    private UsageException wrong(String form, @Nullable String why) {
        return UsageException.of(option, value, "%s (%s)".formatted(form, why));
    }
}
