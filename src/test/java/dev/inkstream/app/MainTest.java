package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    @Test
    void helpListsTheCommands() {
        Run run = Run.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("broker", "completion", "Exit status:");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(Run.of("broker", "--help").out()).contains("--port", "--data");
        assertThat(Run.of("dead-letters", "--help").out()).contains("--from-beginning", "--count", "--output");
        assertThat(Run.of("completion", "--help").out()).contains("source <(inkstream completion)");
    }

    /// A command is built alone if it is the first argument, and else with all others.
    @Test
    void eachCommandOfTheHelpIsTheSameAloneAndAmongAll() {
        List<String> commands = Pattern.compile("(?m)^  ([a-z-]+)  ")
                .matcher(Run.of("--help").out())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(commands).hasSize(16).contains("demo", "trainer", "dead-letters", "broker", "completion", "help");
        for (String command : commands) {
            Run alone = Run.of(command, "--help");
            assertThat(alone.status()).as(command).isZero();
            assertThat(alone.out())
                    .startsWith("Usage: inkstream " + command)
                    .isEqualTo(Run.of("help", command).out());
        }
    }

    /// The launcher starts another program for it, where it can.
    @Test
    void theBenchmarkOfTheNetworkIsListedAndSaysHowToRunIt() {
        assertThat(Run.of("bench", "--help").out()).containsPattern("(?m)^  network +Measure");
        assertThat(Run.of("completion").out()).contains("network", "--iterations", "--only");

        Run run = Run.of("bench", "network", "--iterations", "1");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("inkstream: bench network needs Inkstream's sources: run './inkstream bench network' in a"
                        + " checkout\n");
    }

    /// The launcher starts it, once a build.
    @Test
    void theWarmUpIsHidden() {
        assertThat(Run.of("--help").out()).doesNotContain("warm-up");
        // bench latency has an option of that name.
        assertThat(Run.of("completion").out()).contains("--warm-up").doesNotContainPattern("(?<!--)warm-?up");
        assertThat(Run.of("warm-up").err()).startsWith("inkstream: --broker-class-path is missing");
    }

    @ParameterizedTest
    @CsvSource({"help, --help", "help trainer, trainer --help", "help models show, models show --help"})
    void theHelpCommandPrintsTheHelpOfACommand(String help, String option) {
        Run run = Run.of(help.split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Usage: inkstream ")
                .isEqualTo(Run.of(option.split(" ")).out());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void withoutACommandTheHelpIsPrintedAsAnError() {
        Run run = Run.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: inkstream");
    }

    @Test
    void versionNamesWhatItRunsOn() {
        Run run = Run.of("--version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("inkstream ").contains("Kafka 4.", "Java " + Runtime.version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        brokr            | unknown command 'brokr' (did you mean broker?); 'inkstream --help' lists the commands
        help brokr       | unknown command 'brokr' (did you mean broker?); 'inkstream --help' lists the commands
        help trainer x   | unknown argument 'x'; 'inkstream trainer --help' lists the options
        -X               | missing required subcommand; 'inkstream --help' lists the commands
        broker --porto 1 | unknown option '--porto' (did you mean --port?); 'inkstream broker --help' lists the options
        broker x         | unknown argument 'x'; 'inkstream broker --help' lists the options
        demo --prot 1    | unknown option '--prot' (did you mean --port?); 'inkstream demo --help' lists the options
        demo --xyzzy 1   | unknown option '--xyzzy'; 'inkstream demo --help' lists the options
        broker --port    | --port has no value; it must have one (PORT); 'inkstream broker --help' lists the options
        broker --port 1 --port 2 | --port is given twice; it must be given once
        broker --port x  | --port is 'x'; it must be a whole number
        broker --port 99999999999 | --port is '99999999999'; it must be a whole number with fewer digits
        broker --port -1 | --port is -1; it must be 0 to 65535
        demo --port 65536 | --port is 65536; it must be 0 to 65535
        demo --drift sideways | --drift is 'sideways'; it must be rotate, invert or permute-labels
        classifier --tuned-for speed | --tuned-for is 'speed'; it must be throughput or latency
        labeler --tuned-for latency,throughput | --tuned-for is 'latency,throughput'; it must be throughput or latency
        classifier --guarantee at-most-once | --guarantee is 'at-most-once'; it must be exactly-once or at-least-once
        trainer --guarantee exactly-once | unknown option '--guarantee'; 'inkstream trainer --help' lists the options
        demo --preset foo | --preset is 'foo'; it must be classic or modern
        demo --hidden abc | --hidden is 'abc'; it must be a whole number
        demo --hidden 30,0 | --hidden is 0; it must be 1 to 65536
        demo --duration 0s | --duration is 0; it must be 1ms or more
        demo --duration 5 | --duration is '5'; it must be a time like 500ms, 30s, 5m or 2h
        demo --rate -1   | --rate is -1; it must be a number, 0 or more
        demo --rate x    | --rate is 'x'; it must be a number
        demo --image-rate 0 | --image-rate is 0; it must be a number, more than 0
        demo --image-rate Infinity | --image-rate is Infinity; it must be a number, more than 0
        demo --epochs 0  | --epochs is 0; it must be 1 to 10000
        demo --drift-at 5 | --drift-at needs --drift
        demo --monitor-port 65536 | --monitor-port is '65536'; it must be 0 to 65535, or off
        show --from foo  | --from is 'foo'; it must be training or holdout
        show --columns 101 | --columns is 101; it must be 1 to 100
        feed images --from foo | --from is 'foo'; it must be training or holdout
        feed labels --split half | --split is 'half'; it must be full or classic
        topics list --output xml | --output is 'xml'; it must be text or json
        topics list --bootstrap-server 127.0.0.1 | --bootstrap-server is '127.0.0.1'; it must be HOST:PORT, or several with commas between them
        topics list --topic-prefix a/b | --topic-prefix is 'a/b'; it must be at most 100 letters, digits, dots and dashes
        topics create --partitions 0 | --partitions is 0; it must be 1 to 10000
        topics create --replication-factor 0 | --replication-factor is 0; it must be 1 to 32767
        topics create --dry-run=5 | --dry-run is '5'; it must be given without a value
        dead-letters --count 0 | --count is 0; it must be 1 or more
        dead-letters list --limit 1001 | --limit is 1001; it must be 0 to 1000
        dead-letters list --topic foo | --topic is 'foo'; it must be one of *
        dead-letters list --reason foo | --reason is 'foo'; it must be one of *
        dead-letters list --from noon | --from is 'noon'; it must be a time like 2026-11-26T09:30:00Z, or how long ago, like 10m
        dead-letters list --max-attempts 0 | --max-attempts is 0; it must be 1 to 1000
        dead-letters list --image-size 28 | --image-size is '28'; it must be columns x rows, like 28x28
        dead-letters show x | OFFSET is 'x'; it must be an offset of dead-letters like 17, or 2@17 in partition 2
        dead-letters redrive 1@ | OFFSET is '1@'; it must be an offset of dead-letters like 17, or 2@17 in partition 2
        dead-letters redrive --key a | OFFSET is given 0 times; it must be given once with --value-file and --key
        dead-letters redrive 1 2 --value-file a | OFFSET is given 2 times; it must be given once with --value-file and --key
        dead-letters redrive 1 --reason NO_IMAGE | OFFSET is given with a filter; it must be given without --topic, --application, --reason, --from and --to
        predictions --count 0 | --count is 0; it must be 1 or more
        models verify --version -1 | --version is '-1'; it must be a version, like 7 or v7, or an alias
        models verify --image-size 28 | --image-size is '28'; it must be columns x rows, like 28x28
        models verify --image-size 0x28 | --image-size is 0x28; each side must be 1 to *
        predictions verify --from x | --from is 'x'; it must be an offset, a time like 2026-11-26T09:30:00Z, or how long ago, like 10m
        predictions verify --to -1 | --to is '-1'; it must be an offset, a time like 2026-11-26T09:30:00Z, or how long ago, like 10m
        predictions replay --version -1 | --version is '-1'; it must be a version, like 7 or v7, or an alias
        predictions replay --version 1 --count 0 | --count is 0; it must be 1 to 100000
        bench            | missing required subcommand; 'inkstream bench --help' lists the commands
        bench pipeline --images 9999 | --images is 9999; it must be 10000 to 1000000000
        bench pipeline --workloads copy,foo | --workloads is 'foo'; it must be pass-through, copy, classifier, onnx-runtime, shadow, decode, trainer, live-join or labeler
        bench pipeline --pairs 0 | --pairs is 0; it must be 1 to 1000
        bench pipeline --threads 1,65 | --threads is 65; it must be 1 to 64
        bench pipeline --partitions -1 | --partitions is -1; it must be 0 to 1000
        bench pipeline --guarantee most | --guarantee is 'most'; it must be exactly-once or at-least-once
        bench pipeline --hidden 0 | --hidden is 0; it must be 1 to 65536
        bench latency --rate 0 | --rate is 0; it must be 1 to 1000000
        bench latency --seconds 0 | --seconds is 0; it must be 1 to 86400
        bench latency --warm-up -1 | --warm-up is -1; it must be 0 to 86400
        bench latency --swaps 0 | --swaps is 0; it must be 1 to 10
        bench latency --snapshot-every 5 | --snapshot-every is given without --learning; it must be given with it
        bench latency --swaps 1 --learning | --swaps is given with --learning; it must be given without
        bench latency --threads 1 --learning | --threads is given with --learning; it must be given without
        bench latency --guarantee at-least-once --learning | --guarantee is given with --learning; it must be given without
        bench latency --rate 250001 --learning | --rate is 250001 for 40 s with --learning; it must be 1 to 250000
        bench latency --threads 0 | --threads is 0; it must be 1 to 64
        bench start --runs 0 | --runs is 0; it must be 1 to 1000
        evaluator --live-partitions 0 | --live-partitions is 0; it must be 1 to 1000
        evaluator --label-memory 7 --live-partitions 8 | --label-memory is 7; it must be 8 to 1000000
        evaluator --threads 0 | --threads is 0; it must be 1 to 64
        models import f.avro | --model is missing; 'inkstream models import --help' lists the options
        models export 2 --format npz --to m.onnx | --to is 'm.onnx'; it must be a name that ends with .npz, or with none of the formats'
        models promote | N is missing; 'inkstream models promote --help' lists the options
        models promote 7x | N is '7x'; it must be a version, like 7 or v7, or an alias
        models rollback a/b | N is 'a/b'; it must be a version, like 7 or v7, or an alias
        models show 1.5  | N is '1.5'; it must be a version, like 7 or v7, or an alias
        models show --model a/b | --model is 'a/b'; it must be 1 to 60 letters, digits or dashes
        models pin 7 --model a/b | --model is 'a/b'; it must be 1 to 60 letters, digits or dashes
        models follow 7  | unknown argument '7'; 'inkstream models follow --help' lists the options
        models follow --timeout 0s | --timeout is 0; it must be 1ms or more
        models follow --timeout 5 | --timeout is '5'; it must be a time like 500ms, 30s, 5m or 2h
        models alias challenger | NAME=N is 'challenger'; it must be an alias and a version, like challenger=7
        models alias v7=7 | NAME is 'v7'; it must be a letter, then up to 59 letters, digits, dots, dashes or underscores, unlike a version such as v7
        models alias x=? | N is '?'; it must be a version, like 7 or v7, or an alias
        models history --count 0 | --count is 0; it must be 1 to 1000000
        models history --at noon | --at is 'noon'; it must be a time like 2026-11-26T09:30:00Z, or how long ago, like 10m
        schemas Foo      | NAME is 'Foo'; it must be one of *
        labeler --label-memory 1 --label-partitions 1000 | --label-memory is 1 MB; it must be 2000 MB or more for 1000 partitions, 2 MB each
        labeler --label-partitions 0 | --label-partitions is 0; it must be 1 to 1000
        labeler --label-window 0s | --label-window is 0; it must be 1ms or more
        evaluator --label-memory 0 | --label-memory is 0; it must be 4 to 1000000
        evaluator --evaluate-every 0s | --evaluate-every is 0; it must be 1ms or more
        classifier --from Sideways | --from is 'Sideways'; it must be earliest or latest
        classifier --model a/b | --model is 'a/b'; it must be 1 to 60 letters, digits or dashes
        classifier --classes 501 | --classes is 501; it must be 2 to *
        classifier --threads 65 | --threads is 65; it must be 1 to 64
        trainer --image-size 0x0 | --image-size is 0x0; each side must be 1 to *
        trainer --image-size 28 | --image-size is '28'; it must be columns x rows, like 28x28
        trainer --instance-id a/b | --instance-id is 'a/b'; it must be 1 to 100 letters, digits, dots, dashes or underscores
        trainer --snapshot-every 0 | --snapshot-every is 0; it must be 1 or more
        trainer --hidden 6000 | --hidden is 6000, and network 784,6000,10 has 4770010 parameters; it must have at most *
        """)
    void aWrongCommandLineIsOneSentenceAndStatusTwo(String args, String sentence) {
        Run run = Run.of(args.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        // A star stands for limits and lists that are written down elsewhere.
        assertThat(run.err().strip())
                .matches(Pattern.quote("inkstream: " + sentence).replace("*", "\\E[^;]+\\Q"));
    }

    @Test
    void aReasonHasALimit() {
        Run run = Run.of("models", "follow", "--reason", "x".repeat(1_001));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("inkstream: --reason has 1001 characters; it must have at most 1000\n");
    }

    @Test
    void aFailureIsOneSentenceAndStatusOneAndItsStackTraceOnRequest() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Run run = Run.of("broker", "--port", port);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("inkstream: port " + port + " on 127.0.0.1 cannot be used")
                    .endsWith("stop what listens there, or choose another with --port");
            assertThat(Run.of("broker", "--port", port, "-X").err()).contains("\tat dev.inkstream.app");
            assertThat(Run.with(Map.of("INKSTREAM_DEBUG", "1"), new StopSignal(), "broker", "--port", port)
                            .err())
                    .contains("\tat dev.inkstream.app");
        }
    }
}
