package dev.inkstream.app.feed;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.Images;
import dev.inkstream.dataset.Shuffle;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends images to topics, idempotently and in order. Not thread-safe: one for each thread.
///
/// The key of an image is its id, of [ImageIds]. The key of a labeled image is `<set>-<i>` in every pass: it is the
/// same example.
public final class Feeder implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<ImageRecord> images;
    private final Serializer<LabeledImage> labeled;
    private final Serializer<Label> label;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /// What is sent, and how.
    ///
    /// @param topic where to
    /// @param set name of the set, the first part of each key
    /// @param epochs passes over the set; 0 for one after the other without end
    /// @param shuffleSeed order of each pass; null for the set's own order
    /// @param perSecond images a second; 0 for as many as possible
    public record Plan(
            Topic<String, ?> topic,
            String set,
            int epochs,
            @Nullable Long shuffleSeed,
            double perSecond) {}

    /// Where images are taken from: a set that may be changed for another while they are sent.
    @FunctionalInterface
    public interface Source {
        /// The set that the next image is taken from, always of the same size.
        ///
        /// @param sent how many were sent so far
        Images next(long sent);
    }

    /// @param clock gives each image its time of capture
    public Feeder(KafkaSettings settings, SchemaRegistry registry, InstantSource clock) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        // On a topic just created the first batch may be refused while the second, sent behind it, is taken; the
        // broker then refuses the first for ever, as out of order.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Most of an image is background: it goes to a fifth of its size.
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(settings.producer());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        AvroSerdes serdes = new AvroSerdes(registry);
        this.producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        this.images = serdes.image().serializer();
        this.labeled = serdes.labeledImage().serializer();
        this.label = serdes.label().serializer();
        this.clock = clock;
    }

    /// Sends images without their labels.
    ///
    /// @param goOn asked before each image, again and again while its time has not come, with the number sent so
    ///     far; false ends it
    /// @return how many were sent and acknowledged
    /// @throws KafkaException if one was not acknowledged; none is sent after that is known
    /// @throws InterruptException if the thread is interrupted, whose mark stays set
    public long images(Images set, Plan plan, LongPredicate goOn) {
        return images(sent -> set, plan, goOn);
    }

    /// As [#images(Images, Plan, LongPredicate)], from a set that may change.
    public long images(Source source, Plan plan, LongPredicate goOn) {
        return send(
                source,
                plan,
                new Turns(plan, Duration.ZERO, goOn),
                (set, i, pass) -> new ProducerRecord<>(
                        plan.topic().name(),
                        ImageIds.of(plan.set(), i, pass),
                        images.serialize(plan.topic().name(), image(set, i))));
    }

    /// As [#images(Images, Plan, LongPredicate)], with their labels.
    public long labeled(Images set, Plan plan, LongPredicate goOn) {
        return labeled(sent -> set, plan, goOn);
    }

    /// As [#labeled(Images, Plan, LongPredicate)], from a set that may change.
    public long labeled(Source source, Plan plan, LongPredicate goOn) {
        return send(
                source,
                plan,
                new Turns(plan, Duration.ZERO, goOn),
                (set, i, pass) -> new ProducerRecord<>(
                        plan.topic().name(),
                        plan.set() + "-" + i,
                        labeled.serialize(plan.topic().name(), new LabeledImage(image(set, i), set.label(i)))));
    }

    /// Sends the labels of images, by the ids that [#images] sends the images under where it is given the same plan
    /// but for the topic. Each label is sent no earlier than `delay` after the time at which its image is due, had
    /// both been started together.
    ///
    /// Otherwise as [#images(Images, Plan, LongPredicate)].
    public long labels(Source source, Plan plan, Duration delay, LongPredicate goOn) {
        return send(
                source,
                plan,
                new Turns(plan, delay, goOn),
                (set, i, pass) -> new ProducerRecord<>(
                        plan.topic().name(),
                        ImageIds.of(plan.set(), i, pass),
                        label.serialize(plan.topic().name(), new Label(set.label(i), clock.instant()))));
    }

    @FunctionalInterface
    private interface Message {
        ProducerRecord<String, byte[]> of(Images set, int i, int pass);
    }

    /// When to send the next one, and whether.
    private record Turns(RateLimiter pace, LongPredicate goOn) {
        Turns(Plan plan, Duration delay, LongPredicate goOn) {
            this(new RateLimiter(plan.perSecond(), delay, System::nanoTime), goOn);
        }
    }

    private long send(Source source, Plan plan, Turns turns, Message message) {
        long sent = 0;
        for (int epoch = 0; plan.epochs() == 0 || epoch < plan.epochs(); epoch++) {
            for (int i : order(source.next(sent), plan, epoch)) {
                if (!awaitTurn(turns, sent)) {
                    return flushed(sent);
                }
                send(message.of(source.next(sent), i, epoch));
                sent++;
            }
        }
        return flushed(sent);
    }

    /// False if it should stop.
    private boolean awaitTurn(Turns turns, long sent) {
        while (true) {
            rethrow();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptException("interrupted after " + sent + " images");
            }
            if (!turns.goOn().test(sent)) {
                return false;
            }
            if (turns.pace().take()) {
                return true;
            }
            turns.pace().pause();
        }
    }

    private static int[] order(Images set, Plan plan, int epoch) {
        if (plan.shuffleSeed() != null) {
            return Shuffle.order(set.size(), plan.shuffleSeed(), epoch);
        }
        return IntStream.range(0, set.size()).toArray();
    }

    private ImageRecord image(Images set, int i) {
        return new ImageRecord(set.width(), set.height(), set.pixels(i), clock.instant());
    }

    private void send(ProducerRecord<String, byte[]> record) {
        var _ = producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private long flushed(long sent) {
        producer.flush();
        rethrow();
        return sent;
    }

    private void rethrow() {
        Exception e = failure.get();
        if (e != null) {
            throw e instanceof KafkaException kafka ? kafka : new KafkaException(e);
        }
    }

    /// Everything was acknowledged, or has failed and is not waited for.
    @Override
    public void close() {
        producer.close(failure.get() == null ? CLOSE_TIMEOUT : Duration.ZERO);
    }
}
