package dev.inkstream.app.tail;

import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.cluster.TopicOptions;
import dev.inkstream.app.console.CountOption;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.stream.Topics;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that follows a topic needs: the cluster, the topics, which records, and how they are printed.
final class TailOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(
            names = "--from-beginning",
            description = "Start at the first record of the topic instead of the next" + " one.")
    private boolean fromBeginning;

    @Mixin
    private CountOption count = new CountOption();

    KafkaOptions kafka() {
        return kafka;
    }

    Topics topics() {
        return topics.topics();
    }

    boolean json() {
        return output.json();
    }

    /// Which records of a topic are printed.
    TopicTail.Range range(String topic) {
        return new TopicTail.Range(topic, fromBeginning, count.limit());
    }
}
