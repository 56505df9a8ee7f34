package dev.inkstream.app.models;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.TopicCheck;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.Admin;

/// What the models commands do first: look at the topics and read them.
record ModelsReading(Terminal terminal, StopSignal stop) {

    /// @param detailed the version whose confusion matrix is kept
    SortedMap<String, Model> read(KafkaOptions kafka, TopicOptions options, OptionalLong detailed)
            throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        Topics topics = options.topics();
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, ModelReader.topics(topics));
        }
        SchemaRegistry registry = kafka.registry(settings, stop, terminal.err()::println);
        return new ModelReader(topics, registry, terminal.err()::println)
                .read(new TopicReader(settings, stop), detailed);
    }
}
