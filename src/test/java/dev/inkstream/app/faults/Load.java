package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends images and, beside them, the labels of the same ids, at a steady rate until it is closed. One in fifty of each
/// cannot be used. Every now and then the labels are wrong for a while, so that versions are refused.
final class Load implements AutoCloseable {
    private static final int PER_SECOND = 40;
    private static final int TICKS_PER_SECOND = 10;
    private static final int BAD_EVERY = 50;
    private static final int PIXELS = RoleArguments.WIDTH * RoleArguments.WIDTH;
    private static final int CLASSES = RoleArguments.CLASSES;

    /// Of so many images, the labels of the last [#WRONG] are wrong.
    private static final int PHASE = 1_600;

    private static final int WRONG = 400;

    /// Ids enough for each partition of the join to have one.
    private static final int EVERYWHERE = 64;

    /// More than an evaluator needs to judge a version.
    private static final int HOLDOUT = 150;

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final Random random;
    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("load").factory());
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
    }

    /// Sends the holdout images, then starts the rest.
    void start() {
        for (int i = 0; i < HOLDOUT; i++) {
            LabeledImage holdout = new LabeledImage(image(i), i % CLASSES);
            send(
                    topics.holdoutImages().name(),
                    "h-" + i,
                    serdes.labeledImage().serializer().serialize("", holdout));
        }
        var _ = ticks.scheduleWithFixedDelay(this::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /// How many images it has sent that can be used.
    int good() {
        return sent - sent / BAD_EVERY;
    }

    /// Sends some more of each, to be called after [#stop()]. Their ids begin with `end-` and the round.
    void sendEnd(int round) {
        for (int i = 0; i < EVERYWHERE; i++) {
            send("end-" + round + "-" + i, i, i % CLASSES, false);
        }
        producer.flush();
    }

    private void tick() {
        for (int i = 0; i < PER_SECOND / TICKS_PER_SECOND; i++) {
            next();
        }
    }

    private void next() {
        int i = sent;
        boolean wrong = i % PHASE >= PHASE - WRONG;
        send("i-" + i, i, (wrong ? i + 1 : i) % CLASSES, i % BAD_EVERY == BAD_EVERY - 1);
        sent = i + 1;
    }

    private void send(String id, int i, int label, boolean bad) {
        send(
                topics.images().name(),
                id,
                bad ? new byte[] {1, 2, 3} : serdes.image().serializer().serialize("", image(i)));
        send(
                topics.labels().name(),
                id,
                bad
                        ? new byte[] {4, 5, 6}
                        : serdes.label().serializer().serialize("", new Label(label, Instant.now())));
    }

    private ImageRecord image(int i) {
        byte[] pixels = new byte[PIXELS];
        random.nextBytes(pixels);
        pixels[i % CLASSES] = (byte) 255;
        return new ImageRecord(
                RoleArguments.WIDTH, RoleArguments.WIDTH, pixels, Instant.ofEpochMilli(System.currentTimeMillis()));
    }

    private void send(String topic, String key, byte[] value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
    }

    /// Returns when all that was sent is in the log.
    void stop() throws InterruptedException {
        ticks.shutdown();
        if (!ticks.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load has not stopped");
        }
        producer.flush();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        producer.close(Duration.ofSeconds(10));
    }
}
