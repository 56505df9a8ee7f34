package dev.inkstream.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Downloads MNIST's files into a directory. A file appears there under its name only when it is whole and its
/// checksum is right; what is there already is not fetched again.
///
/// @param mirrors base addresses, tried in turn, each ending in a slash
/// @param files what to fetch
/// @param silence how long a mirror may send nothing before the next one is tried
/// @param proxies which proxy reaches a mirror, if any
record MnistDownload(List<URI> mirrors, List<MnistFile> files, Duration silence, ProxySelector proxies) {
    /// How many times `silence` a mirror may take for everything, however steadily it sends.
    private static final int MAX_LOOKS = 100;

    MnistDownload {
        mirrors = List.copyOf(mirrors);
        files = List.copyOf(files);
    }

    /// Whether every file is in the directory.
    boolean isComplete(Path directory) {
        return files.stream().allMatch(file -> Files.exists(directory.resolve(file.name())));
    }

    /// Fetches what is not in the directory yet.
    ///
    /// @throws IOException if no mirror sends it, or the directory cannot be written to
    void into(Path directory) throws IOException {
        Files.createDirectories(directory);
        IOException failure = new IOException("no mirror is configured");
        for (URI mirror : mirrors) {
            try {
                fetchFrom(mirror, directory);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /// Runs the download on a thread of its own, for looking up a host's address cannot be interrupted.
    private void fetchFrom(URI mirror, Path directory) throws IOException, InterruptedException {
        String via = via(mirror);
        HttpClient client = client(mirror);
        AtomicLong received = new AtomicLong();
        FutureTask<Boolean> download = new FutureTask<>(() -> {
            for (MnistFile file : files) {
                if (!Files.exists(directory.resolve(file.name()))) {
                    new FileDownload(client, mirror.resolve(file.name()), file, received).into(directory);
                }
            }
            return true;
        });
        Thread.ofPlatform().daemon().name("mnist-download").start(download);
        try {
            await(download, mirror, received);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + via, e);
        } finally {
            download.cancel(true);
            client.shutdownNow();
        }
    }

    private HttpClient client(URI mirror) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(silence)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(proxies);
        if (proxies instanceof ProxyVariables variables) {
            variables.authenticator(mirror).ifPresent(builder::authenticator);
        }
        return builder.build();
    }

    /// Names the proxy that a mirror is reached by; nothing if there is none.
    private String via(URI mirror) throws IOException {
        try {
            return proxies.select(mirror).getFirst().address() instanceof InetSocketAddress proxy
                    ? ", through the proxy " + proxy.getHostString() + ":" + proxy.getPort()
                    : "";
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void await(FutureTask<Boolean> download, URI mirror, AtomicLong received)
            throws IOException, InterruptedException {
        long before = 0;
        for (int look = 0; look < MAX_LOOKS; look++) {
            try {
                download.get(silence.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException e) {
                throw failure(e.getCause(), mirror);
            } catch (TimeoutException e) {
                long now = received.get();
                if (now == before) {
                    throw new IOException(mirror.getAuthority() + " sent nothing for " + silence.toMillis() + " ms", e);
                }
                before = now;
            }
        }
        throw new IOException(mirror.getAuthority() + " is too slow");
    }

    /// What went wrong, with a message: that a host cannot be reached comes without one.
    private static IOException failure(@Nullable Throwable cause, URI mirror) {
        if (cause instanceof IOException known && known.getMessage() != null) {
            return known;
        }
        return new IOException("there is no connection to " + mirror.getAuthority(), cause);
    }
}
