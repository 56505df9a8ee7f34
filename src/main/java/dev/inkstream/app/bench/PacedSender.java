package dev.inkstream.app.bench;

import dev.inkstream.app.cluster.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Sends records at a fixed rate. Not thread-safe.
///
/// @param nanoTime as `System::nanoTime`
/// @param acknowledged takes where each record was appended, and when; called from a thread of the producer
record PacedSender(
        Producer<String, byte[]> producer,
        LongFunction<ProducerRecord<String, byte[]>> records,
        LongSupplier nanoTime,
        Acknowledged acknowledged) {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /// Takes a record that the broker has.
    @FunctionalInterface
    interface Acknowledged {
        void accept(RecordMetadata metadata);
    }

    /// A producer that sends each record at once.
    static Producer<String, byte[]> producer(KafkaSettings settings) {
        Map<String, Object> config = new HashMap<>(settings.producer());
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /// Sends `count` records, each not before its time, and returns when the broker has them.
    ///
    /// @param goOn asked again and again; false ends it
    /// @return how many were sent
    /// @throws KafkaException if one was not acknowledged
    long send(Pace pace, long count, BooleanSupplier goOn) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long sent = 0;
        while (sent < count && goOn.getAsBoolean() && failure.get() == null) {
            long due = Math.min(count, pace.due(nanoTime.getAsLong()));
            for (; sent < due; sent++) {
                var _ = producer.send(records.apply(sent), (metadata, e) -> {
                    if (e == null) {
                        acknowledged.accept(metadata);
                    } else {
                        failure.compareAndSet(null, e);
                    }
                });
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        producer.flush();
        rethrow(failure.get());
        return sent;
    }

    private static void rethrow(@Nullable Exception failure) {
        if (failure != null) {
            throw failure instanceof KafkaException kafka ? kafka : new KafkaException(failure);
        }
    }
}
