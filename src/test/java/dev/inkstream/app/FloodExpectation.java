package dev.inkstream.app;

import dev.inkstream.app.Flood.Drawn;
import dev.inkstream.app.FloodTopic.Reader;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.RecordMetadata;

/// What must come of the records that were sent. Not thread-safe.
final class FloodExpectation {
    private final Topics topics;
    private final List<String> deadLetters = new ArrayList<>();
    private final List<String> predicted = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private final Set<String> holdout = new HashSet<>();
    private final Set<String> commands = new HashSet<>();
    private final Set<Long> unusedSnapshots = new HashSet<>();
    private final Set<Long> refusedWeights = new HashSet<>();
    private int trained;
    private int passedOver;

    FloodExpectation(Topics topics) {
        this.topics = topics;
    }

    /// Takes a record into account.
    void add(Drawn drawn, RecordMetadata at) {
        for (Reader reader : drawn.topic().readers()) {
            if (drawn.topic() == FloodTopic.WEIGHT_SNAPSHOTS && !drawn.isUsedBy(reader)) {
                unusedSnapshots.add(at.offset());
            }
            if (drawn.passedOverBy().contains(reader)) {
                passedOver++;
            } else if (drawn.refusedBy().contains(reader)) {
                refused(reader, at);
            } else if (drawn.isUsedBy(reader)) {
                used(reader, drawn);
            }
        }
    }

    private void refused(Reader reader, RecordMetadata at) {
        if (reader == Reader.WEIGHTS) {
            refusedWeights.add(at.offset());
        } else {
            deadLetters.add(topics.prefix() + reader.application() + " " + at.topic() + "-" + at.partition() + "@"
                    + at.offset());
        }
    }

    private void used(Reader reader, Drawn drawn) {
        if (reader == Reader.CLASSIFIER) {
            predicted.add(drawn.id());
        } else if (drawn.topic() == FloodTopic.LABELED_IMAGES) {
            trained++;
        } else if (drawn.topic() == FloodTopic.HOLDOUT_IMAGES) {
            holdout.add(drawn.id());
        } else if (drawn.topic() == FloodTopic.MODEL_COMMANDS) {
            ModelCommand command = Cluster.SERDES
                    .modelCommand()
                    .deserializer()
                    .deserialize("", drawn.record().value());
            if (command.model().equals(FloodTopic.MODEL)) {
                commands.add(command.id());
            }
        }
    }

    /// An image and a label of this id were sent: the labeler joins them, and the trainer learns from them.
    void addPair(String id) {
        joined.add(id);
        trained++;
    }

    List<String> deadLetters() {
        return deadLetters;
    }

    List<String> predicted() {
        return predicted;
    }

    List<String> joined() {
        return joined;
    }

    int trained() {
        return trained;
    }

    int holdout() {
        return holdout.size();
    }

    /// Ids of the commands that the evaluator decides about.
    Set<String> commands() {
        return commands;
    }

    /// Offsets of the snapshots that were sent and that the evaluator cannot use.
    Set<Long> unusedSnapshots() {
        return unusedSnapshots;
    }

    /// Offsets of the records on `serving-weights` that no classifier can use.
    Set<Long> refusedWeights() {
        return refusedWeights;
    }

    /// How often a role passes a record over.
    int passedOver() {
        return passedOver;
    }
}
