package dev.inkstream.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceClientsTest {
    private static final String GIVEN = "t.evaluator-digits-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f-3";

    @Test
    void theTransactionsOfAStaticMemberGoByItsName() {
        Optional<String> instance = Optional.of("one");
        assertThat(InstanceClients.named(
                        "t.evaluator-digits", instance, Map.of("transactional.id", GIVEN, "acks", "all")))
                .isEqualTo(Map.of("transactional.id", "t.evaluator-digits@one-3", "acks", "all"));
    }

    @Test
    void thoseOfADynamicMemberAreLeftAlone() {
        Optional<String> instance = Optional.empty();
        assertThat(InstanceClients.named("t.evaluator-digits", instance, Map.of("transactional.id", GIVEN)))
                .isEqualTo(Map.of("transactional.id", GIVEN));
    }

    @Test
    void aProducerWithoutTransactionsGetsNone() {
        Optional<String> instance = Optional.of("one");
        assertThat(InstanceClients.named("t.evaluator-digits", instance, Map.of("acks", "all")))
                .isEqualTo(Map.of("acks", "all"));
    }
}
