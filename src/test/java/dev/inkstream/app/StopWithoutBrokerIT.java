package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.stream.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A role cannot commit if the broker has gone first, and says why it stops late.
@Timeout(120)
class StopWithoutBrokerIT {
    @Test
    void saysThatNoBrokerAnswersAndHowLongItWaits() {
        CommandRun trainer;
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
            address = broker.address();
            Cluster cluster = new Cluster(address, new Topics("gone.")).withTopics();
            trainer = cluster.start("trainer", "--monitor-port", "off");
            trainer.awaitThat(() -> trainer.log().stream().anyMatch(line -> line.contains("works on")));
        }

        trainer.stop();

        String warning = "WARN stopping: no broker answers at " + address + "; waits up to 15 s";
        assertThat(trainer.status()).isZero();
        assertThat(trainer.log()).contains(warning).endsWith("INFO stopped");
    }
}
