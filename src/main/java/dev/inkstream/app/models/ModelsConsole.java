package dev.inkstream.app.models;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.TopicCheck;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/// What the models commands share: where they print, what stops them, and the time.
record ModelsConsole(Terminal terminal, StopSignal stop, InstantSource clock) {
    /// The topics, after a look whether those that a command uses are there.
    ModelTopics connect(KafkaOptions kafka, Topics topics, Function<Topics, List<Topic<?, ?>>> used)
            throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, used.apply(topics));
        }
        return new ModelTopics(
                settings,
                topics,
                new AvroSerdes(kafka.registry(settings, stop, terminal.err()::println)),
                new TopicReader(settings, stop),
                new LeftOut(terminal.err()::println));
    }
}
