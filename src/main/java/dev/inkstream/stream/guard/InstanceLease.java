package dev.inkstream.stream.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces on the guard topic, twice a second, that a process runs under an instance id. Thread-safe.
///
/// Without it two supervised processes of the same instance id would displace each other for ever: the group
/// coordinator lets the newest in, and does not know whether the one before it is alive.
final class InstanceLease implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(InstanceLease.class);

    private final KafkaProducer<byte[], byte[]> producer;
    private final GuardTopic topic;
    private final String instanceId;
    private final Optional<HostProcess> onHost;
    private final Uuid process = Uuid.randomUuid();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("instance-lease").factory());
    private Future<?> latest = CompletableFuture.completedFuture(null);

    /// @param producer of the lease from now on, which closes it
    /// @param onHost this process, as another one of its host can find it
    InstanceLease(
            KafkaProducer<byte[], byte[]> producer, GuardTopic topic, String instanceId, Optional<HostProcess> onHost) {
        this.producer = producer;
        this.topic = topic;
        this.instanceId = instanceId;
        this.onHost = onHost;
    }

    void start() {
        var _ = beats.scheduleAtFixedRate(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// While the cluster is away, one record waits and no more are sent.
    private void beat() {
        if (latest.isDone()) {
            write(true);
        }
    }

    private void write(boolean running) {
        try {
            latest = producer.send(new InstanceRecord(process, running, onHost).toRecord(topic, instanceId));
        } catch (KafkaException e) {
            LOG.debug("the lease of {} cannot be renewed now", instanceId, e);
        }
    }

    /// Releases the instance id: a successor starts at once.
    void release() {
        stopBeats();
        write(false);
    }

    private void stopBeats() {
        beats.shutdown();
        try {
            var _ = beats.awaitTermination(GuardedCluster.CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends without a release: the process has failed or was replaced.
    @Override
    public void close() {
        stopBeats();
        producer.close(GuardedCluster.CLOSE_TIMEOUT);
    }
}
