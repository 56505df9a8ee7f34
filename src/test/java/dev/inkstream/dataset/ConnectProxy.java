package dev.inkstream.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A proxy on the loopback interface that takes one CONNECT after the other. It opens no tunnel: it answers as it is
/// made to, and notes the first byte that comes after its answer.
final class ConnectProxy implements AutoCloseable {
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger firstByte = new AtomicInteger(-1);
    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Thread thread;

    private ConnectProxy(String answer) throws IOException {
        thread = Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                serve(answer);
            }
        });
    }

    /// @param answer a status, such as `502 Bad Gateway`
    static ConnectProxy answering(String answer) throws IOException {
        return new ConnectProxy(answer);
    }

    private void serve(String answer) {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1);
            StringBuilder head = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.append(line).append('\n');
            }
            heads.add(head.toString());
            client.getOutputStream()
                    .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            firstByte.compareAndSet(-1, lines.read());
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// What clients have asked, request line and headers.
    List<String> heads() {
        return List.copyOf(heads);
    }

    /// The first byte that came through, -1 if none did.
    int firstByte() {
        return firstByte.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }
}
