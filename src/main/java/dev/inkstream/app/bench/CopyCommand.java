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
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.StreamsRunner;
import dev.inkstream.stream.runtime.StreamsSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a [CopyTopology] as roles are run, until it is stopped. `bench pipeline` starts it.
@Command(name = "copy", hidden = true, description = "Do a part of a role's work, to compare the role with.")
final class CopyCommand implements Callable<Integer> {
    private final StopSignal stop;

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

    @Option(names = "--mode", paramLabel = "MODE", required = true, description = "pass-through, copy or decode.")
    private CopyMode mode = CopyMode.PASS_THROUGH;

    @Option(names = "--application-id", paramLabel = "ID", required = true, description = "Consumer group.")
    private String applicationId = "";

    CopyCommand(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public Integer call() throws InterruptedException {
        log.apply();
        CompressionLibraries.require();
        KafkaSettings settings = kafka.settings();
        Topics named = topics.topics();
        ImageFormat images = format.format();
        Monitor monitor = new Monitor();
        CopyTopology topology = new CopyTopology(named, images, new InMemorySchemaRegistry(), monitor.meters());
        LargestRecords limits = new LargestRecords(
                Map.of(
                        named.images().name(),
                        images.maxRecordBytes(),
                        named.labeledImages().name(),
                        images.maxRecordBytes()),
                LargestRecords.USUAL.written());
        StreamsSettings streams = new StreamsSettings(
                applicationId, Optional.empty(), threads.threads(), settings.streams(), limits, processing.profile());
        try (StreamsRunner runner = new StreamsRunner(topology.get(mode), streams)) {
            runner.bindTo(monitor.meters());
            runner.start();
            CompletableFuture.anyOf(stop.requested(), runner.stopped()).get();
        } catch (ExecutionException e) {
            throw Causes.unwrapped(e);
        }
        return CommandLine.ExitCode.OK;
    }
}
