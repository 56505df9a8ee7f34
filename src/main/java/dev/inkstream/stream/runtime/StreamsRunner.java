package dev.inkstream.stream.runtime;

import dev.inkstream.stream.guard.Guard;
import dev.inkstream.stream.guard.InstanceInUseException;
import dev.inkstream.stream.guard.OffsetSource;
import dev.inkstream.stream.intake.Outstanding;
import dev.inkstream.stream.intake.RecordTimestamps;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/// Runs one topology: start, await, rethrow. Thread-safe.
///
/// A failure of any thread stops the whole client: a failure that is not about one record repeats itself, and a
/// supervisor that starts the process again loses nothing.
public final class StreamsRunner implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /// What is read ahead of the processors, by all threads together. Much less than this is read at a time; it
    /// keeps a flood of large records from filling the heap.
    private static final long MAX_OUTSTANDING_BYTES = 32L * 1024 * 1024;

    private final Topology topology;
    private final KafkaStreams streams;
    private final Guard guard;
    private final String applicationId;
    private final boolean leavesGroup;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final AtomicReference<List<TopicPartition>> notified = new AtomicReference<>(List.of());
    private volatile Consumer<List<TopicPartition>> partitionsListener = partitions -> {};
    private Consumer<Guard> begins = own -> {};

    /// As [#StreamsRunner(Topology, StreamsSettings, OffsetSource)], with the offsets of the guard.
    public StreamsRunner(Topology topology, StreamsSettings settings) {
        this(topology, settings, OffsetSource.GUARD);
    }

    /// Starts nothing yet.
    ///
    /// @param source which offsets count if group and guard disagree
    public StreamsRunner(Topology topology, StreamsSettings settings, OffsetSource source) {
        Properties properties = new Properties();
        properties.putAll(settings.toMap());
        Outstanding outstanding = new Outstanding(MAX_OUTSTANDING_BYTES);
        properties.put(RecordTimestamps.OUTSTANDING, outstanding);
        this.topology = topology;
        guard = new Guard(new StreamsConfig(properties), settings.instanceId(), source);
        streams = new KafkaStreams(
                topology,
                properties,
                new InstanceClients(
                        guard,
                        settings.applicationId(),
                        settings.instanceId(),
                        settings.limits().intake(settings.applicationId()),
                        outstanding));
        applicationId = settings.applicationId();
        leavesGroup = settings.instanceId().isEmpty();
        streams.setUncaughtExceptionHandler(e -> {
            stopped.completeExceptionally(new StreamsFailedException(e));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> onState(now));
    }

    private void onState(KafkaStreams.State now) {
        switch (now) {
            // Mostly the handler has said already which failure it was.
            case ERROR ->
                stopped.completeExceptionally(new StreamsFailedException(
                        new IllegalStateException("Kafka Streams stopped after a failure that it did not report")));
            case NOT_RUNNING -> stopped.complete(null);
            case RUNNING -> notifyPartitions();
            default -> {
                // On the way from one to the other.
            }
        }
    }

    private void notifyPartitions() {
        List<TopicPartition> now = partitions();
        if (!now.equals(notified.getAndSet(now))) {
            partitionsListener.accept(now);
        }
    }

    /// Calls back with the partitions that this instance works on, each time they have changed. To be set before
    /// the start; called from a thread of the client.
    public void onPartitions(Consumer<List<TopicPartition>> listener) {
        partitionsListener = listener;
    }

    /// Has an application that has never committed an offset of a topic skip the records that are there at the start.
    /// To be called before it.
    public void beginAtEndOf(String topic) {
        begins = own -> own.beginAtEndOf(topic);
    }

    /// Has an application that has never committed an offset of a topic begin at one, on its only partition. To be
    /// called before the start.
    public void beginAt(String topic, long offset) {
        begins = own -> own.beginAt(topic, offset);
    }

    /// Starts the client; it takes records as soon as it has its partitions. Where it cannot start, it is closed.
    ///
    /// @throws InstanceInUseException if another process runs under its instance id
    public void start() throws InterruptedException {
        try {
            guard.open();
            begins.accept(guard);
            streams.start();
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /// Starts the client, which joins its group and restores its global stores but takes no record until
    /// [#resume()].
    public void startPaused() throws InterruptedException {
        streams.pause();
        start();
    }

    /// Takes records from now on.
    public void resume() {
        streams.resume();
    }

    /// Whether the client works on its partitions now.
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /// Whether the client has stopped or is stopping after a failure; it cannot start again.
    public boolean hasStopped() {
        return switch (streams.state()) {
            case ERROR, PENDING_ERROR, NOT_RUNNING -> true;
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> false;
        };
    }

    /// The client's state now, as Kafka Streams names it: `REBALANCING`.
    public String stateName() {
        return streams.state().name();
    }

    /// How many stream threads have died since the start.
    public int failedThreads() {
        return StreamsMeters.failedThreads(streams);
    }

    /// Adds the meters of this client, once.
    public void bindTo(MeterRegistry meters) {
        StreamsMeters.bind(topology, streams, applicationId, meters);
    }

    /// The partitions that this instance works on now, sorted.
    public List<TopicPartition> partitions() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
    }

    /// Completes when the client has stopped: normally by [#close()], with a [StreamsFailedException] if a failure
    /// stopped it.
    public CompletableFuture<Void> stopped() {
        return stopped.copy();
    }

    /// Finishes what is under way, commits and stops. A dynamic member leaves its group, so that the others take
    /// over at once; a static member stays one, since it is expected back.
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(
                        leavesGroup
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        stopped.complete(null);
        if (!stopped.isCompletedExceptionally()) {
            guard.release();
        }
        guard.close();
    }
}
