package dev.inkstream.bench;

import ai.onnxruntime.OrtException;
import dev.inkstream.app.bench.TopologyOptions;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.Topology;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A classifier's topology with ONNX Runtime in the place of the network: the same topics, the same decoding and
/// encoding, the same settings. `bench pipeline` starts it. It has neither meters nor swaps.
@Command(name = "onnx-classifier", description = "Classify images with ONNX Runtime, to compare a classifier with.")
public final class OnnxClassifier implements Callable<Integer> {
    private static final String CLASSIFY = "classify-image";
    private static final String DECODE = "decode-image";

    private final StopSignal stop;

    @Mixin
    private TopologyOptions options = new TopologyOptions();

    @Option(names = "--network", paramLabel = "FILE", required = true, description = "In ONNX's format.")
    private Path file = Path.of("");

    private OnnxClassifier(StopSignal stop) {
        this.stop = stop;
    }

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(stop.shutdownHook(StopSignal.GRACE, () -> {}));
        int status = new CommandLine(new OnnxClassifier(stop))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        stop.finished();
        System.exit(status);
    }

    @Override
    public Integer call() throws IOException, OrtException, InterruptedException {
        byte[] bytes = Files.readAllBytes(file);
        ModelVersion version = new ModelVersion("onnx-runtime", /* version= */ 0, Sha256.of(bytes));
        try (OnnxNetwork network = OnnxNetwork.of(bytes)) {
            options.run(stop, given -> topology(given, network, version));
        }
        return CommandLine.ExitCode.OK;
    }

    private static Topology topology(TopologyOptions.Given given, OnnxNetwork network, ModelVersion version) {
        AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
        Topology topology = new Topology();
        given.topics().images().addSource(topology, "read-images");
        topology.addProcessor(
                DECODE,
                DecodeProcessor.withRawKeys(
                        () -> given.topics().images().decoder(serdes, given.format()::check),
                        CLASSIFY,
                        new DeadLetterSink(given.monitor().meters())),
                "read-images");
        topology.addProcessor(
                CLASSIFY,
                () -> new OnnxProcessor(
                        network.batch(/* count= */ 1, given.format().pixels()),
                        given.format().classes(),
                        version,
                        serdes.predictionEncoder(given.topics().predictions().name())),
                DECODE);
        given.topics().predictions().encoded().addSink(topology, "write-predictions", serdes, CLASSIFY);
        given.topics().deadLetters().addSink(topology, DeadLetterSink.SINK, serdes, DECODE);
        return topology;
    }
}
