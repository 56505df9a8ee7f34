package dev.inkstream.app;

import dev.inkstream.app.Flood.Drawn;
import dev.inkstream.app.FloodTopic.Reader;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.RecordMetadata;

/// What must come of the records that were sent. Not thread-safe.
final class FloodExpectation {
    private final Topics topics;
    private final List<String> deadLetters = new ArrayList<>();
    private final List<String> predicted = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private int trained;
    private int holdout;
    private int refusedWeights;

    FloodExpectation(Topics topics) {
        this.topics = topics;
    }

    /// Takes a record into account.
    void add(Drawn drawn, RecordMetadata at) {
        for (Reader reader : drawn.topic().readers()) {
            if (drawn.refusedBy().contains(reader)) {
                refused(reader, at);
            } else if (drawn.isUsedBy(reader)) {
                used(reader, drawn);
            }
        }
    }

    private void refused(Reader reader, RecordMetadata at) {
        if (reader == Reader.WEIGHTS) {
            refusedWeights++;
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
            holdout++;
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
        return holdout;
    }

    int refusedWeights() {
        return refusedWeights;
    }
}
