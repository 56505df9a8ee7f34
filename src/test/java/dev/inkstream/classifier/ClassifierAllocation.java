package dev.inkstream.classifier;

import com.sun.management.ThreadMXBean;
import dev.inkstream.network.Learner;
import dev.inkstream.network.Network;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// What the classifier's own processors allocate for an image, from the bytes of the image to those of its prediction.
final class ClassifierAllocation {
    private static final int IMAGES = 2_000;
    private static final int ROUNDS = 50;
    private static final ImageFormat FORMAT = new ImageFormat(28, 28, 10);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClassifierMeters meters = new ClassifierMeters(registry, FORMAT.classes());
    private int written;

    private ClassifierAllocation() {}

    /// Prints the bytes, as a whole number: the least of some rounds, since the compiler removes objects over time.
    public static void main(String[] args) {
        ClassifierAllocation classifier = new ClassifierAllocation();
        Processor<byte[], byte[], Object, Object> decode = classifier.decodeThenClassify();
        Record<byte[], byte[]> image = image();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            least = Math.min(least, bytesPerImage(decode, image));
        }
        if (classifier.written == 0) {
            throw new IllegalStateException("nothing was predicted");
        }
        System.out.println(Math.round(least));
    }

    private static double bytesPerImage(
            Processor<byte[], byte[], Object, Object> decode, Record<byte[], byte[]> image) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < IMAGES; i++) {
            decode.process(image);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) IMAGES;
    }

    private Processor<byte[], byte[], Object, Object> decodeThenClassify() {
        Optional<RecordMetadata> where =
                Optional.of(new Where(Samples.TOPICS.images().name(), 3, 1L << 40));
        long now = Pipeline.NOW.toEpochMilli();
        ClassifyProcessor classify = new ClassifyProcessor(
                serving(),
                Samples.SERDES.predictionEncoder(Samples.TOPICS.predictions().name()),
                meters);
        classify.init(new NextProcessor<>(where, now, prediction -> written += prediction.value().length));
        Processor<byte[], byte[], Object, Object> decode = meters.counted(DecodeProcessor.withRawKeys(
                        () -> Samples.TOPICS.images().decoder(Samples.SERDES, FORMAT::check),
                        "classify-image",
                        new DeadLetterSink(registry)))
                .get();
        ProcessorContext<Object, Object> context =
                new NextProcessor<>(where, now, image -> classify.process(asImage(image)));
        decode.init(context);
        return decode;
    }

    @SuppressWarnings("unchecked") // the decode step forwards no other records
    private static Record<byte[], ImageRecord> asImage(Record<?, ?> record) {
        return (Record<byte[], ImageRecord>) record;
    }

    private static ServingModel serving() {
        Learner learner = Learner.initial(Preset.MODERN.config(NetworkShape.of(784, 30, 10)), 1);
        Network network = new Network(learner.config().architecture(), learner.served());
        ServingModel serving = new ServingModel();
        serving.swap(new ServingModel.Loaded(
                new ModelVersion("digits", 7, Sha256.of(network.parameters().toBytes())), network));
        return serving;
    }

    private static Record<byte[], byte[]> image() {
        byte[] pixels = new byte[784];
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i += 5) {
            pixels[i] = (byte) random.nextInt();
        }
        return new Record<>(
                Samples.text("image-1234567"),
                Samples.bytes(new ImageRecord(28, 28, pixels, Pipeline.RECORD_TIME)),
                Pipeline.RECORD_TIME.toEpochMilli(),
                new RecordHeaders());
    }

    private record Where(String topic, int partition, long offset) implements RecordMetadata {}
}
