package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.Sha256;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.Redriven;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Which records have returned to their topics, for which applications: what `redrives` says. Not thread-safe.
///
/// A record of the topic has the place that the record came from as its key, a null value, and the rest in headers. It
/// is written in the transaction in which the record returns. In memory it is 8 bytes for each application.
final class Ledger {
    /// SHA-256 of key and value of the dead letter.
    static final String CONTENT = "inkstream.redrive.content";

    /// When the record returned, ISO 8601, UTC.
    static final String AT = "inkstream.redrive.at";

    /// Who asked for it.
    static final String BY = "inkstream.redrive.by";

    /// About 60 MB.
    private static final int MOST = 1_000_000;

    private final Set<Long> returned = new HashSet<>();
    private final String topic;
    private final int most;

    Ledger(String topic) {
        this(topic, MOST);
    }

    /// @param most entries that are kept in memory
    Ledger(String topic, int most) {
        this.topic = topic;
        this.most = most;
    }

    /// All that is committed now.
    ///
    /// @throws UserException if it is too much for the memory
    static Ledger read(TopicReader reader, Topic<?, ?> topic) throws InterruptedException {
        Ledger ledger = new Ledger(topic.name());
        reader.readAll(List.of(topic), ledger::add);
        return ledger;
    }

    /// Whether the record of a dead letter has returned for the application that rejected it.
    boolean has(Identity identity, String application) {
        return returned.contains(identity.hash(application));
    }

    /// Takes a record of the topic. One that cannot be read says nothing.
    void add(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        Optional<String> topicName = text(headers, DeadLetterHeaders.TOPIC);
        Optional<String> partition = text(headers, DeadLetterHeaders.PARTITION);
        Optional<String> offset = text(headers, DeadLetterHeaders.OFFSET);
        Optional<Sha256> content = text(headers, CONTENT).flatMap(Ledger::digest);
        if (topicName.isEmpty() || partition.isEmpty() || offset.isEmpty() || content.isEmpty()) {
            return;
        }
        if (!partition.get().matches("[0-9]{1,9}") || !offset.get().matches("[0-9]{1,18}")) {
            return;
        }
        Origin origin = new Origin(topicName.get(), Integer.parseInt(partition.get()), Long.parseLong(offset.get()));
        add(
                new Identity(origin, content.get()),
                text(headers, Redriven.APPLICATIONS).orElse(""));
    }

    private void add(Identity identity, String applications) {
        for (String application : applications.split(",", -1)) {
            returned.add(identity.hash(application));
        }
        if (returned.size() > most) {
            throw new UserException(
                    "%s has more than %s entries, which is more than this command can hold: delete the first ones with kafka-delete-records.sh, once their dead letters are gone"
                            .formatted(topic, Text.count(most)));
        }
    }

    /// The record that says so.
    ///
    /// @param headers give the time of the return, and who asked for it
    static ProducerRecord<byte[], byte[]> entry(Topic<?, ?> topic, Return one, RedriveHeaders headers) {
        Identity identity = one.identity();
        Origin origin = identity.origin();
        ProducerRecord<byte[], byte[]> entry = new ProducerRecord<>(
                topic.name(), null, headers.at().toEpochMilli(), bytes(origin.toString()), (byte[]) null);
        put(entry, DeadLetterHeaders.TOPIC, origin.topic());
        put(entry, DeadLetterHeaders.PARTITION, Integer.toString(origin.partition()));
        put(entry, DeadLetterHeaders.OFFSET, Long.toString(origin.offset()));
        put(entry, CONTENT, identity.content().toString());
        put(entry, Redriven.APPLICATIONS, String.join(",", one.applications()));
        put(entry, AT, headers.at().toString());
        put(entry, BY, headers.by());
        return entry;
    }

    private static void put(ProducerRecord<byte[], byte[]> entry, String name, String value) {
        entry.headers().add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Sha256> digest(String text) {
        try {
            return Optional.of(Sha256.fromDigest(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            // Some other program wrote it.
            return Optional.empty();
        }
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
