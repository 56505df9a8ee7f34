package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.CompressionLibraries;
import dev.inkstream.app.cluster.ImageFormatOptions;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.LogOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.ThreadOptions;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of a command that runs a topology of the benchmarks as roles are run. Not thread-safe.
public final class TopologyOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private ImageFormatOptions format = new ImageFormatOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private ProcessingOptions processing = new ProcessingOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--application-id", paramLabel = "ID", required = true, description = "Consumer group.")
    private String applicationId = "";

    /// What a topology is made for.
    ///
    /// @param monitor takes its meters
    public record Given(Topics topics, ImageFormat format, Monitor monitor) {}

    /// Runs a topology until it is stopped, or fails.
    ///
    /// @param topology makes it
    public void run(StopSignal stop, Function<Given, Topology> topology) throws InterruptedException {
        log.apply();
        CompressionLibraries.require();
        KafkaSettings settings = kafka.settings();
        Monitor monitor = new Monitor();
        Given given = new Given(topics.topics(), format.format(), monitor);
        StreamsSettings streams = new StreamsSettings(
                applicationId,
                Optional.empty(),
                threads.threads(),
                settings.streams(),
                limits(given),
                processing.profile());
        try (StreamsRunner runner = new StreamsRunner(topology.apply(given), streams)) {
            runner.bindTo(monitor.meters());
            runner.start();
            CompletableFuture.anyOf(stop.requested(), runner.stopped()).get();
        } catch (ExecutionException e) {
            throw Causes.unwrapped(e);
        }
    }

    private static LargestRecords limits(Given given) {
        int largest = given.format().maxRecordBytes();
        return new LargestRecords(
                Map.of(
                        given.topics().images().name(),
                        largest,
                        given.topics().labeledImages().name(),
                        largest),
                LargestRecords.USUAL.written());
    }
}
