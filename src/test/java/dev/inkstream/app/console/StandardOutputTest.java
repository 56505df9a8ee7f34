package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void anIdleFlushFailsOnceTheReaderHasLeft() {
        AtomicBoolean abandoned = new AtomicBoolean();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes, abandoned::get);
        PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);

        writer.println("größe");
        assertThat(writer.checkError()).isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("größe\n");

        abandoned.set(true);
        assertThat(writer.checkError()).isTrue();
        assertThat(out.failure()).isEmpty();
    }

    @Test
    void aBrokenPipeIsNoFailure() {
        StandardOutput out = new StandardOutput(failing("Broken pipe"), () -> false);

        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
        assertThat(out.failure()).isEmpty();
    }

    @Test
    void aFullDiskIsAFailure() {
        StandardOutput out = new StandardOutput(failing("No space left on device"), () -> false);

        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
        assertThat(out.failure()).get().extracting(IOException::getMessage).isEqualTo("No space left on device");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
