package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void theSchemaRegistryHasItsUsualProperties() {
        KafkaSettings registry = settings.with("schema.registry.url", "http://r")
                .with("auto.register.schemas", "false")
                .with("basic.auth.user.info", "u:p");

        assertThat(settings.schemaRegistryUrl()).isEmpty();
        assertThat(settings.autoRegisterSchemas()).isTrue();
        assertThat(registry.schemaRegistryUrl()).contains("http://r");
        assertThat(registry.autoRegisterSchemas()).isFalse();
        assertThat(registry.basicAuthUserInfo()).contains("u:p");
    }

    @Test
    void itsTextHoldsNoSecrets() {
        assertThat(KafkaSettings.at("b:1").with("ssl.key.password", "hunter2"))
                .hasToString("KafkaSettings[bootstrap.servers, ssl.key.password]");
    }
}
