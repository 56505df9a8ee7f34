package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/// Whether records can be read however they are compressed: zstd and snappy are native libraries. Stateless.
public final class CompressionLibraries {
    private CompressionLibraries() {}

    /// Compresses a few bytes with each codec, which loads its library. Without it, a role would end at the first
    /// record of such a codec, at every start.
    ///
    /// @throws UserException if a library cannot be loaded
    public static void require() {
        List<String> missing = new ArrayList<>();
        Throwable why = null;
        for (CompressionType codec : CompressionType.values()) {
            try (OutputStream out = Compression.of(codec)
                    .build()
                    .wrapForOutput(new ByteBufferOutputStream(256), RecordBatch.CURRENT_MAGIC_VALUE)) {
                out.write(1);
            } catch (IOException | LinkageError | RuntimeException e) {
                missing.add(codec.name);
                why = e;
            }
        }
        if (!missing.isEmpty()) {
            throw new UserException(
                    "records compressed with " + String.join(" or ", missing)
                            + " could not be read, since no directory was found that allows execution: mount one at"
                            + " /tmp (Docker: --tmpfs /tmp:exec), or name one with"
                            + " INKSTREAM_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    why);
        }
    }
}
