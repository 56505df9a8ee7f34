package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EvaluatorMetersTest {
    private static final OptionalLong NONE = OptionalLong.empty();
    private static final OptionalLong SERVES = OptionalLong.of(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EvaluatorMeters meters = new EvaluatorMeters(registry);

    @Test
    void countsTheRefusedSinceTheLastThatWasNot() {
        assertThat(after(Kind.REFUSED, NONE)).as("nothing serves yet").isZero();
        assertThat(after(Kind.PROMOTED, SERVES)).isZero();
        assertThat(after(Kind.REFUSED, SERVES)).isEqualTo(1);
        assertThat(after(Kind.CONFIRMED, SERVES)).as("about another version").isEqualTo(1);
        assertThat(after(Kind.REFUSED, SERVES)).isEqualTo(2);
        assertThat(after(Kind.SHADOWED, SERVES)).isZero();
        assertThat(after(Kind.REFUSED, SERVES)).isEqualTo(1);
        assertThat(after(Kind.PINNED, SERVES)).isZero();
        assertThat(registry.get("inkstream.decisions")
                        .tag("kind", "refused")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    private double after(Kind kind, OptionalLong serving) {
        meters.decided(new ModelDecision(
                "digits",
                0,
                kind,
                Optional.empty(),
                NONE,
                Origin.policy("holdout", "to count it"),
                new Standing(serving, NONE, Mode.FOLLOWING),
                Evidence.NONE,
                Instant.EPOCH));
        return registry.get("inkstream.versions.refused.in.a.row").gauge().value();
    }
}
