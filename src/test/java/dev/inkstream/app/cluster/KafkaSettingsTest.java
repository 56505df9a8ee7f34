package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.app.console.UsageException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    private static final Map<String, String> PROPERTIES = Map.of(
            "bootstrap.servers", "b:1",
            "x", "plain",
            "consumer.x", "for consumers",
            "producer.y", "for producers",
            "main.consumer.z", "for streams");

    private final KafkaSettings settings = KafkaSettings.of(PROPERTIES);

    @Test
    void aPrefixedSettingIsForThatClientAndWins() {
        assertThat(settings.consumer())
                .containsExactlyInAnyOrderEntriesOf(Map.of("bootstrap.servers", "b:1", "x", "for consumers"));
        assertThat(settings.producer())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bootstrap.servers", "b:1", "x", "plain", "y", "for producers"));
        assertThat(settings.admin())
                .containsExactlyInAnyOrderEntriesOf(Map.of("bootstrap.servers", "b:1", "x", "plain"));
    }

    @Test
    void streamsReadsThePrefixesItself() {
        assertThat(settings.streams()).containsExactlyInAnyOrderEntriesOf(PROPERTIES);
    }

    @Test
    void whatItGivesAreCopies() {
        settings.streams().clear();
        settings.consumer().clear();

        assertThat(settings.streams()).isEqualTo(PROPERTIES);
        assertThat(settings.with("x", 1).property("x")).contains("1");
        assertThat(settings.property("x")).contains("plain");
    }

    /// What a client does not know it logs by name, and passes on to plug-ins: the registry's are none of theirs.
    @Test
    void thoseOfTheSchemaRegistryAreForNoClient() {
        KafkaSettings registry = settings.with("schema.registry.url", "http://r")
                .with("schema.registry.ssl.key.password", "hunter2")
                .with("auto.register.schemas", "false")
                .with("basic.auth.user.info", "u:p");

        assertThat(registry.streams()).isEqualTo(settings.streams());
        assertThat(registry.consumer()).isEqualTo(settings.consumer());
        assertThat(registry.producer()).isEqualTo(settings.producer());
        assertThat(registry.admin()).isEqualTo(settings.admin());
    }

    @Test
    void theTimeOfATransactionIsTheProducers() {
        assertThat(settings.transactionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.with("transaction.timeout.ms", 5_000).transactionTimeout())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.with("transaction.timeout.ms", 5_000)
                        .with("producer.transaction.timeout.ms", "7000")
                        .transactionTimeout())
                .isEqualTo(Duration.ofSeconds(7));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> settings.with("transaction.timeout.ms", "5s").transactionTimeout())
                .withMessage("transaction.timeout.ms is '5s'; it must be a number of milliseconds");
    }

    @Test
    void itsTextHoldsNoSecrets() {
        assertThat(KafkaSettings.at("b:1").with("ssl.key.password", "hunter2"))
                .hasToString("KafkaSettings[bootstrap.servers, ssl.key.password]");
    }
}
