package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ProcessingOptionsTest {
    @Test
    void rolesKeepTheirDefaultsUnlessAnOptionIsGiven() {
        ProcessingOptions none = parsed();

        assertThat(none.ofClassifier()).isEmpty();
        assertThat(none.ofRole()).isEmpty();
    }

    @Test
    void theGuaranteeIsTheClassifiersAlone() {
        ProcessingOptions options = parsed("--guarantee=at-least-once", "--tuned-for", "latency");

        assertThat(options.ofClassifier())
                .containsExactlyInAnyOrder("--guarantee=at-least-once", "--tuned-for=latency");
        assertThat(options.ofRole()).containsExactly("--tuned-for=latency");
    }

    private static ProcessingOptions parsed(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.options;
    }

    @Command
    private static final class Holder {
        @Mixin
        private ProcessingOptions options = new ProcessingOptions();
    }
}
