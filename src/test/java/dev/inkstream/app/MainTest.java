package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.console.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        -X               | missing required subcommand; 'inkstream --help' lists the commands
        broker --porto 1 | unknown option '--porto' (did you mean --port?); 'inkstream broker --help' lists the options
        broker x         | unknown argument 'x'; 'inkstream broker --help' lists the options
        broker --port x  | invalid value for option '--port': 'x' is not an int; 'inkstream broker --help' lists the options
        broker --port -1 | the broker's port must be 0 to 65535, not -1
        dead-letters --count 0 | --count must be 1 or more, not 0
        bench --images 0 | --examples and --images must be 1 or more
        labeler --label-memory 1 --label-partitions 1000 | --label-window, --label-memory, --label-partitions: label memory is 1 MB; it must be 2000 MB or more for 1000 partitions, 2 MB each
        evaluator --label-memory 0 | --label-memory must be 1 to 1000000, not 0
        bench --threads 0 | --threads must be 1 to 64, not 0
        classifier --classes 501 | --image-size, --classes: classes is 501; it must be 2 to 500
        trainer --snapshot-every 0 | --snapshot-every is 0; it must be 1 or more
        trainer --hidden 6000 | --hidden: network 784,6000,10 has 4770010 parameters; a snapshot has room for 4177920
        """)
    void aWrongCommandLineIsOneSentenceAndStatusTwo(String args, String sentence) {
        Run run = Run.of(args.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToIgnoringNewLines("inkstream: " + sentence + "\n");
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

    @Test
    void aStopRequestedWhileTheBrokerStartsStopsIt() {
        StopSignal stop = new StopSignal();
        stop.request();

        Run run = Run.with(Map.of(), stop, "broker", "--port", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("Kafka is ready on 127\\.0\\.0\\.1:\\d+ \\(data in .+, Ctrl-C stops it\\)\\R");
    }

    @Test
    void theCompletionScriptIsGoodBash(@TempDir Path directory) throws Exception {
        Run run = Run.of("completion");
        Path script = Files.writeString(directory.resolve("completion.bash"), run.out());
        Process bash = new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p inkstream")
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("broker", "--data");
        assertThat(bash.waitFor()).as(printed).isZero();
        assertThat(printed).contains("_complete_inkstream");
    }
}
