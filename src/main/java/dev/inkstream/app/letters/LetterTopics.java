package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.UserException;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.stream.Topics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads `dead-letters` and `redrives`. Not thread-safe.
record LetterTopics(KafkaSettings settings, Topics topics, AvroSerdes serdes, TopicReader reader) {
    /// Reads all dead letters to the end as it is now. Records that are no dead letters are left out.
    void read(Consumer<DeadLetter> sink) throws InterruptedException {
        reader.readAll(
                List.of(topics.deadLetters()), record -> DeadLetter.of(record).ifPresent(sink));
    }

    /// What has returned so far.
    Ledger ledger() throws InterruptedException {
        return Ledger.read(reader, topics.redrives());
    }

    /// The records at some positions, by position.
    ///
    /// @throws UserException if there is no dead letter at one of them
    Map<Position, DeadLetter> at(Collection<Position> positions) throws InterruptedException {
        Map<Position, DeadLetter> found = new LinkedHashMap<>();
        reader.readAll(List.of(topics.deadLetters()), record -> keep(record, positions, found));
        for (Position position : positions) {
            if (!found.containsKey(position)) {
                throw new UserException("OFFSET is %s; it must be the offset of a dead letter that %s still has"
                        .formatted(position, topics.deadLetters().name()));
            }
        }
        return found;
    }

    private static void keep(
            ConsumerRecord<byte[], byte[]> record, Collection<Position> positions, Map<Position, DeadLetter> found) {
        if (positions.contains(new Position(record.partition(), record.offset()))) {
            DeadLetter.of(record).ifPresent(letter -> found.put(letter.position(), letter));
        }
    }
}
