package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends images and, beside them, the labels of the same ids, at a steady rate until it is closed. One in fifty of each
/// cannot be used.
final class Load implements AutoCloseable {
    private static final int PER_SECOND = 40;
    private static final int BAD_EVERY = 50;
    private static final int PIXELS = 16;
    private static final int CLASSES = 3;

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final Random random;
    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;
    private volatile int sent;

    Load(KafkaSettings kafka, Topics topics, long seed) {
        this.topics = topics;
        random = new Random(seed);
        Map<String, Object> config = new HashMap<>(kafka.producer());
        // It rides out all faults: what it has sent once is in the log once.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 600_000);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
    }

    /// Sends the holdout images, then starts the rest.
    void start() {
        for (int i = 0; i < 30; i++) {
            LabeledImage holdout = new LabeledImage(image(i), i % CLASSES);
            send(
                    topics.holdoutImages().name(),
                    "h-" + i,
                    serdes.labeledImage().serializer().serialize("", holdout));
        }
        thread.start();
    }

    /// How many images it has sent.
    int sent() {
        return sent;
    }

    private void run() {
        while (!stopped.get()) {
            for (int i = 0; i < PER_SECOND / 10; i++) {
                next();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void next() {
        int i = sent;
        boolean bad = i % BAD_EVERY == BAD_EVERY - 1;
        send(
                topics.images().name(),
                "i-" + i,
                bad ? new byte[] {1, 2, 3} : serdes.image().serializer().serialize("", image(i)));
        Label label = new Label(i % CLASSES, Instant.now());
        send(
                topics.labels().name(),
                "i-" + i,
                bad ? new byte[] {4, 5, 6} : serdes.label().serializer().serialize("", label));
        sent = i + 1;
    }

    private ImageRecord image(int i) {
        byte[] pixels = new byte[PIXELS];
        random.nextBytes(pixels);
        pixels[i % CLASSES] = (byte) 255;
        return new ImageRecord(4, 4, pixels, Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    private void send(String topic, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /// Returns when all that was sent is in the log.
    void stop() throws InterruptedException {
        stopped.set(true);
        thread.join();
        producer.flush();
    }

    @Override
    public void close() {
        stopped.set(true);
        producer.close();
    }
}
