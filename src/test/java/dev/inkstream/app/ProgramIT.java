package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own shows: pipes and the locale.
@ExtendWith(ClusterExtension.class)
@Timeout(600)
class ProgramIT {
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void predictionsEndsWhenTheReaderOfItsPipeLeaves(Cluster cluster) throws Exception {
        cluster.withTopics();
        String topic = cluster.topics().predictions().name();
        byte[] value = Cluster.SERDES
                .prediction()
                .serializer()
                .serialize(topic, Samples.prediction("a-1", Samples.id("digits", 3)));
        cluster.send(true, List.of(new ProducerRecord<>(topic, 0, "a-1", value)));

        leaveAfterOneLine(cluster.args("predictions", "--from-beginning"), "a-1");
    }

    @Test
    void deadLettersEndsWhenTheReaderOfItsPipeLeaves(Cluster cluster) throws Exception {
        cluster.withTopics();
        cluster.send(
                true,
                List.of(new ProducerRecord<>(cluster.topics().deadLetters().name(), 0, "a-1", new byte[] {1})));

        leaveAfterOneLine(cluster.args("dead-letters", "--from-beginning"), "-");
    }

    private void leaveAfterOneLine(String[] args, String beginning) throws Exception {
        Process process = start(List.of(), args);
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).startsWith(beginning);

        out.close();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        // On a busy machine the broker may answer late, and the command says that it waits.
        assertThat(process.errorReader().lines()).allMatch(line -> line.startsWith("no Kafka broker at "));
    }

    @Test
    void digitsAreTheSameInEveryLocale() throws Exception {
        Stream<String> lines = start(List.of("-Duser.language=ar", "-Duser.country=EG"), "schemas")
                .inputReader()
                .lines();

        assertThat(lines).contains("ImageRecord      478848238").allMatch(line -> line.matches("\\p{ASCII}+"));
    }

    /// In the C locale Java takes an umlaut in a variable for no path at all.
    @Test
    void aPathThatTheLocaleCannotShowIsNoStackTrace() throws Exception {
        Process process = Program.startIn("LC_ALL=C XDG_CACHE_HOME=$'/home/j\\303\\274rgen'", "show");
        processes.add(process);

        assertThat(process.errorReader().lines())
                .containsExactly("MNIST could not be downloaded (the user's cache is not a path in this locale; set"
                        + " LC_ALL=C.UTF-8): using procedurally drawn digits instead.");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aSignalBeforeTheProgramListensIsQuietAndLeavesNothing(@TempDir Path temporary) throws Exception {
        Process process = Program.startBy(StoppedBeforeMain.class, List.of("-Djava.io.tmpdir=" + temporary), "schemas");
        processes.add(process);

        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aLogInJsonIsOneObjectALine(Cluster cluster) throws Exception {
        Process process = start(List.of(), cluster.args("labeler", "--log-format", "json", "--wait", "10s"));

        List<String> lines = process.errorReader().lines().toList();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(process.inputReader().lines()).isEmpty();
        assertThat(lines)
                .isNotEmpty()
                .allMatch(line -> line.matches("\\{\"timestamp\":\\d{13},\"level\":\"[A-Z]+\",.*}"));
        assertThat(lines.getLast())
                .contains("\"level\":\"ERROR\"")
                .containsPattern("\"formattedMessage\":\"there are no topics [^\"]*; create what is missing with"
                        + " 'inkstream topics create' and the same options for cluster and prefix\"");
    }

    private Process start(List<String> options, String... args) throws IOException {
        Process process = Program.start(options, args);
        processes.add(process);
        return process;
    }
}
