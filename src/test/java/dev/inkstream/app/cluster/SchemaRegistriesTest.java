package dev.inkstream.app.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.record.Label;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How a command waits for its schema registry.
class SchemaRegistriesTest {
    private final LateRegistry server = new LateRegistry();
    private final StopSignal stop = new StopSignal();
    private final List<String> notices = new CopyOnWriteArrayList<>();

    SchemaRegistriesTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aRegistryThatStartsLateIsReachedAndTheWaitIsSaidMeanwhile() throws Exception {
        CompletableFuture<byte[]> written = write(Duration.ofMinutes(2));

        await().atMost(30, SECONDS).until(() -> !notices.isEmpty());
        assertThat(notices.getFirst())
                .matches("schema registry " + server.url()
                        + " does not answer \\(it refuses the connection\\); asking again for 1\\d\\d s");
        server.start();

        assertThat(written.get(60, SECONDS)).startsWith(0, 0, 0, 0, LateRegistry.ID);
    }

    @Test
    void whenTheTimeIsOverTheSentenceSaysWhatToCheck() {
        assertThatThrownBy(() -> write(Duration.ofSeconds(1)).get(30, SECONDS))
                .cause()
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessage("schema registry " + server.url() + " does not answer (it refuses the connection), after"
                        + " retries for 1 s; check schema.registry.url and that the registry runs");
    }

    @Test
    void aStopEndsTheWaitingAtOnce() {
        CompletableFuture<byte[]> written = write(Duration.ofHours(1));

        stop.request();

        assertThatThrownBy(() -> written.get(30, SECONDS))
                .cause()
                .isInstanceOf(InterruptException.class)
                .hasMessageContaining("stopped while waiting for the schema registry");
    }

    private CompletableFuture<byte[]> write(Duration wait) {
        SchemaRegistry registry = SchemaRegistries.of(
                KafkaSettings.of(Map.of("schema.registry.url", server.url())), wait, stop, notices::add);
        CompletableFuture<byte[]> written = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                written.complete(new AvroSerdes(registry)
                        .label()
                        .serializer()
                        .serialize("t.labels", new Label(1, Instant.EPOCH)));
            } catch (RuntimeException e) {
                written.completeExceptionally(e);
            }
        });
        return written;
    }
}
