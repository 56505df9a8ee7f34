package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.role.NetworkOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class GivenOptionsTest {
    private final Probe probe = new Probe();

    @Test
    void whatWasGivenOfTheMixinIsRepeated() {
        var _ = line().execute("--seed", "3", "--other=1", "--hidden", "30,20", "--preset=classic");

        assertThat(probe.given).containsExactlyInAnyOrder("--seed=3", "--hidden=30,20", "--preset=classic");
    }

    @Test
    void withoutOptionsThereIsNothing() {
        var _ = line().execute();

        assertThat(probe.given).isEmpty();
    }

    private CommandLine line() {
        return new CommandLine(probe).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Command
    private static final class Probe implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private NetworkOptions network = new NetworkOptions();

        @Option(names = "--other")
        private int other;

        private List<String> given = List.of("not run");

        @Override
        public Integer call() {
            network.check();
            given = GivenOptions.of(spec, "network");
            return other;
        }
    }
}
