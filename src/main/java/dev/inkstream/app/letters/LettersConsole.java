package dev.inkstream.app.letters;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.TopicCheck;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/// What the commands about dead letters share: where they print, what stops them, and the time.
record LettersConsole(Terminal terminal, StopSignal stop, InstantSource clock) {
    /// The topics, after a look whether they are there.
    LetterTopics connect(KafkaOptions kafka, Topics topics) throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, List.of(topics.deadLetters(), topics.redrives()));
        }
        return new LetterTopics(
                settings,
                topics,
                new AvroSerdes(kafka.registry(settings, stop, terminal.err()::println)),
                new TopicReader(settings, stop));
    }
}
