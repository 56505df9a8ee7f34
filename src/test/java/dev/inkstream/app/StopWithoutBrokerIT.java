package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.stream.Topics;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A role cannot commit if the broker has gone first, and says why it stops late.
@Timeout(120)
class StopWithoutBrokerIT {
    @ParameterizedTest
    @ValueSource(strings = {"trainer", "classifier --guarantee at-least-once --image-size 2x2 --classes 2"})
    void saysThatNoBrokerAnswersAndHowLongItWaits(String command) {
        CommandRun role;
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
            address = broker.address();
            Cluster cluster = new Cluster(address, new Topics("gone.")).withTopics();
            cluster.serving(0);
            role = cluster.start((command + " --monitor-port off").split(" "));
            role.awaitThat(() -> role.log().stream().anyMatch(line -> line.contains("works on")));
        }

        role.stop();

        String warning = "WARN stopping: no broker answers at " + address + "; waits up to 15 s";
        assertThat(role.status()).isZero();
        assertThat(role.log()).contains(warning).endsWith("INFO stopped");
    }
}
