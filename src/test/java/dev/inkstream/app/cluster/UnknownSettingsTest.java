package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnknownSettingsTest {
    @Test
    void namesTheOneThatWasMeant() {
        assertThat(UnknownSettings.warning(List.of("bootstrap.servers", "securty.protocol")))
                .contains("Kafka's clients have no setting securty.protocol (did you mean security.protocol?); correct"
                        + " the name, unless it is a plug-in's");
        assertThat(UnknownSettings.warning(List.of("schema.registy.url")))
                .hasValueSatisfying(warning -> assertThat(warning).contains("(did you mean schema.registry.url?)"));
        assertThat(UnknownSettings.warning(List.of("my.interceptor.x", "consumer.fetch.min.byte")))
                .contains("Kafka's clients have no setting consumer.fetch.min.byte (did you mean"
                        + " consumer.fetch.min.bytes?), my.interceptor.x; correct the name, unless it is a plug-in's");
    }

    @Test
    void knowsThoseOfAllClientsAndOfTheRegistry() {
        assertThat(UnknownSettings.warning(List.of(
                        "bootstrap.servers",
                        "ssl.truststore.location",
                        "sasl.jaas.config",
                        "group.instance.id",
                        "producer.transaction.timeout.ms",
                        "main.consumer.max.poll.records",
                        "admin.retries",
                        "num.standby.replicas",
                        "topic.segment.bytes",
                        "config.providers",
                        "config.providers.file.class",
                        "metrics.jmx.include",
                        "schema.registry.url",
                        "schema.registry.ssl.truststore.location",
                        "basic.auth.user.info",
                        "auto.register.schemas")))
                .isEmpty();
    }

    @Test
    void aLineHasTenNamesAtMost() {
        List<String> names =
                IntStream.range(10, 25).mapToObj(i -> "qqqqqqqqqqqq" + i).toList();
        assertThat(UnknownSettings.warning(names))
                .contains("Kafka's clients have no setting " + String.join(", ", names.subList(0, 10))
                        + " and 5 more; correct the name, unless it is a plug-in's");
    }
}
