package dev.inkstream.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.inkstream.app.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class EmbeddedBrokerIT {
    private static final String TOPIC = "t";

    @TempDir
    private Path directory;

    @Test
    void whatIsCommittedIsReadAgainAfterARestart() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory)) {
            createTopic(broker.address());
            writeOneTransactionAndAbortAnother(broker.address());
            assertThat(committed(broker.address(), 2)).containsExactly("a", "b");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory)) {
            assertThat(committed(broker.address(), 2)).containsExactly("a", "b");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    /// A start reads all of them, and the active segment is never compacted.
    @Test
    void theTopicsOfTheCoordinatorsHaveSmallSegments() throws Exception {
        List<ConfigResource> topics = Stream.of("__consumer_offsets", "__transaction_state")
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            createTopic(broker.address());
            writeOneTransactionAndAbortAnother(broker.address());
            admin.alterConsumerGroupOffsets("g", Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(1)))
                    .all()
                    .get();

            assertThat(admin.describeConfigs(topics).all().get().values())
                    .extracting(config -> config.get("segment.bytes").value())
                    .containsExactly("1048576", "1048576");
        }
    }

    @Test
    void twoBrokersKnowNothingOfEachOther() throws Exception {
        Path data;
        try (EmbeddedBroker one = EmbeddedBroker.start(0);
                EmbeddedBroker other = EmbeddedBroker.start(0)) {
            createTopic(one.address());

            assertThat(topics(one.address())).containsExactly(TOPIC);
            assertThat(topics(other.address())).isEmpty();
            data = other.data();
            assertThat(data).isDirectory();
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void aPortOrADirectoryInUseIsOneSentence() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, directory)) {
            int port = Integer.parseInt(broker.address().split(":")[1]);

            assertThatThrownBy(() -> EmbeddedBroker.start(port))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("port " + port + " on 127.0.0.1 cannot be used (");
            assertThatThrownBy(() -> EmbeddedBroker.start(0, directory))
                    .isInstanceOf(UserException.class)
                    .hasMessage("the data in " + directory
                            + " is in use by another broker: stop that one, or choose another directory");
        }
    }

    @Test
    void aDirectoryWithOtherFilesIsLeftAlone() throws IOException {
        Path file = Files.createFile(directory.resolve("thesis.tex"));

        assertThatThrownBy(() -> EmbeddedBroker.start(0, directory))
                .isInstanceOf(UserException.class)
                .hasMessage(directory + " has files in it that are not a broker's: choose an empty directory");
        assertThatThrownBy(() -> EmbeddedBroker.start(0, file))
                .isInstanceOf(UserException.class)
                .hasMessage("the broker cannot keep its data in " + file
                        + " (it is not a directory, or exists already): choose another directory");
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void aFullDiskIsOneSentence() {
        assertThatThrownBy(() -> BrokerDirectory.requireSpace(directory, 6_000_000))
                .isInstanceOf(UserException.class)
                .hasMessage("the disk of " + directory + " has 6 MB left; it must have 100 MB or more");
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static Iterable<String> topics(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.listTopics().names().get();
        }
    }

    private static void writeOneTransactionAndAbortAnother(String address) {
        Map<String, Object> config = Map.of("bootstrap.servers", address, "transactional.id", "w");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "a"));
            producer.send(new ProducerRecord<>(TOPIC, "b"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "never"));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static List<String> committed(String address, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                address,
                "group.id",
                "g" + System.nanoTime(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            await().atMost(Duration.ofMinutes(3)).pollDelay(Duration.ZERO).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
