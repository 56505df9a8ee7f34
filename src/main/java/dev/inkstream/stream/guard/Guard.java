package dev.inkstream.stream.guard;

import dev.inkstream.stream.intake.BoundedConsumer;
import dev.inkstream.stream.intake.CommittedReader;
import dev.inkstream.stream.intake.Outstanding;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/// Guards one application instance: what a committed transaction has processed is not processed again, whatever the
/// group coordinator remembers, and no instance displaces a running one of the same instance id. Thread-safe.
///
/// Each commit also writes its offsets to the guard topic, in the same transaction; an instance that takes over a
/// partition reads them and resumes there. docs/adr/0010 says why. An instance that writes without transactions writes
/// them after the commit.
public final class Guard implements AutoCloseable {
    private final StreamsConfig config;
    private final String clientId;
    private final Optional<String> instanceId;
    private final OffsetSource source;
    private final Admin admin;
    private final GuardTopic topic;
    private final GuardedCluster cluster;
    private final Set<TopicPartition> resumed = ConcurrentHashMap.newKeySet();
    private volatile Set<String> predecessors = Set.of();
    private @Nullable InstanceLease lease;

    /// @param config of the application instance
    /// @param instanceId of a static member; empty for a dynamic one
    public Guard(StreamsConfig config, Optional<String> instanceId, OffsetSource source) {
        this.config = config;
        this.instanceId = instanceId;
        this.source = source;
        clientId = config.getString(StreamsConfig.CLIENT_ID_CONFIG) + "-guard";
        topic = new GuardTopic(config.getString(StreamsConfig.APPLICATION_ID_CONFIG));
        admin = Admin.create(config.getAdminConfigs(clientId));
        cluster = new GuardedCluster(admin, topic, plainProducer());
    }

    /// Creates the guard topic if it is missing, and takes the instance id.
    ///
    /// @throws InstanceInUseException if another process runs under the instance id
    public void open() throws InterruptedException {
        topic.create(admin);
        instanceId.ifPresent(this::take);
    }

    private void take(String id) {
        LocalProcesses processes = LocalProcesses.ofThisHost();
        Collection<MemberDescription> members = Membership.members(admin, topic.applicationId());
        new InstanceWatch(topic, id, this::readerOfAll, new InstanceWatch.Evidence(System::nanoTime, processes::isDead))
                .requireFree(members, cluster.endOfGuardTopic());
        predecessors = members.stream().map(MemberDescription::consumerId).collect(Collectors.toSet());
        lease = new InstanceLease(
                new KafkaProducer<>(plainProducer(), new ByteArraySerializer(), new ByteArraySerializer()),
                topic,
                id,
                processes.current());
        lease.start();
    }

    private Consumer<byte[], byte[]> readerOfAll() {
        Map<String, Object> settings = CommittedReader.toEnds(reader());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Sets the group's offsets to the end of a topic, if neither group nor guard has an offset of it.
    public void beginAtEndOf(String source) {
        begin(source, offsets -> offsets.setToEnd(source));
    }

    /// The same with an offset of the topic's only partition.
    public void beginAt(String source, long offset) {
        begin(source, offsets -> offsets.set(source, offset));
    }

    private void begin(String source, java.util.function.Consumer<FirstOffsets> step) {
        try (GuardedOffsets guarded = new GuardedOffsets(reader(), topic.partition())) {
            boolean begun = guarded.readTo(cluster.endOfGuardTopic()).keySet().stream()
                    .anyMatch(partition -> partition.topic().equals(source));
            if (!begun) {
                step.accept(new FirstOffsets(admin, topic.applicationId()));
            }
        }
    }

    /// The producer of a stream thread.
    ///
    /// @param outstanding what commits count off
    public Producer<byte[], byte[]> producer(Map<String, Object> settings, Outstanding outstanding) {
        return new GuardedProducer(settings, cluster, outstanding);
    }

    /// The main consumer of a stream thread.
    ///
    /// @param memory what it may hold
    public Consumer<byte[], byte[]> consumer(Map<String, Object> settings, BoundedConsumer.Memory memory) {
        Optional<String> member = Optional.ofNullable(settings.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG))
                .map(Object::toString);
        return new GuardedConsumer(
                settings,
                memory,
                groupOffsets(),
                new Membership(
                        member,
                        id -> predecessors.contains(id),
                        () -> Membership.members(admin, topic.applicationId())));
    }

    private GroupOffsets groupOffsets() {
        GuardedOffsets guarded = new GuardedOffsets(reader(), topic.partition());
        ResumeOffsets resume = new ResumeOffsets(cluster, guarded, source, resumed);
        return config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG).equals(StreamsConfig.AT_LEAST_ONCE)
                ? new GroupOffsets(resume, Optional.of(committedOffsets()))
                : new GroupOffsets(resume, Optional.empty());
    }

    private CommittedOffsets committedOffsets() {
        return new CommittedOffsets(
                topic,
                cluster::topicId,
                cluster::requireGuardTopic,
                new KafkaProducer<>(plainProducer(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private Map<String, Object> reader() {
        Map<String, Object> settings = new HashMap<>(config.getRestoreConsumerConfigs(clientId));
        settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        return settings;
    }

    private Map<String, Object> plainProducer() {
        Map<String, Object> settings = new HashMap<>(config.getProducerConfigs(clientId));
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        settings.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // The lease writes twice a second and again after a failure; a stop must not wait a minute for the brokers.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        return settings;
    }

    /// Releases the instance id: the instance has stopped cleanly.
    public void release() {
        if (lease != null) {
            lease.release();
        }
    }

    /// Ends after the instance has.
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
        admin.close();
    }
}
