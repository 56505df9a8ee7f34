package dev.inkstream.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/// Downloads one file: to a temporary name, checked, then moved to its own in one step.
///
/// @param address where it is
/// @param received counts the bytes that arrive
record FileDownload(HttpClient client, URI address, MnistFile file, AtomicLong received) {
    private static final int OK = 200;

    /// What packing may add to a file that cannot be made smaller.
    private static final int PACKING = 1024;

    void into(Path directory) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException(address + " answered " + response.statusCode());
            }
            Path partial = Files.createTempFile(directory, file.name(), ".partial");
            try {
                save(body, partial);
                check(partial);
                Files.move(partial, directory.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        }
    }

    /// Saves the body, which may not be longer than the unpacked file.
    private void save(InputStream body, Path partial) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long limit = (long) file.length() + PACKING;
        long saved = 0;
        try (OutputStream out = Files.newOutputStream(partial)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                saved += read;
                received.addAndGet(read);
                if (saved > limit) {
                    throw new IOException(address + " sends more than the " + limit + " bytes it may");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void check(Path partial) throws IOException {
        try {
            file.check(partial);
        } catch (IOException e) {
            throw new IOException(address + " sent a damaged file: " + e.getMessage(), e);
        }
    }
}
