package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.console.UserException;
import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.stream.runtime.Failed;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailureSentenceTest {
    private final CommandLine command = new CommandLine(new Role());

    @Command(name = "role")
    private static final class Role {
        @Mixin
        @SuppressWarnings("unused") // found by its being a mixin
        private Options options = new Options();
    }

    private static final class Options {
        @Mixin
        @SuppressWarnings("unused") // found by its being a mixin
        private KafkaOptions kafka = new KafkaOptions();
    }

    @Test
    void theNearestCauseThatSaysItItselfCounts() {
        Throwable failure = Failed.of(new StreamsException(new SchemaRegistryException("the registry is away")));

        assertThat(FailureSentence.of(failure, command)).contains("the registry is away");
        assertThat(FailureSentence.of(new IllegalStateException(new UserException("do this")), command))
                .contains("do this");
    }

    @Test
    void failuresOfKafkaAreFoundUnderThoseOfStreams() {
        Throwable failure = Failed.of(new StreamsException(new TimeoutException("late")));

        assertThat(FailureSentence.of(failure, command).orElseThrow())
                .startsWith("Kafka at localhost:9092 did not answer in time (late)");
    }

    @Test
    void anyOtherNamesTheCommandAndTheRoot() {
        Throwable failure = Failed.of(new StreamsException(new IllegalStateException("broken")));

        assertThat(FailureSentence.of(failure, command)).isEmpty();
        assertThat(FailureSentence.unexpected(failure, command))
                .isEqualTo("'role' failed unexpectedly: java.lang.IllegalStateException: broken");
    }
}
