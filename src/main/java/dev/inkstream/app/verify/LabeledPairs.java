package dev.inkstream.app.verify;

import dev.inkstream.app.verify.OtherAnswers.Pair;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Label;
import dev.inkstream.stat.ExactTest;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which of two answers is right, where the label is known. The first label of an image counts. Not thread-safe.
final class LabeledPairs {
    private final Map<String, Pair> unlabeled;
    private final RecordDecoder<Label> decoder;
    private long known;
    private long servedCorrect;
    private long otherCorrect;
    private long wins;
    private long losses;

    /// @param pairs by image id
    LabeledPairs(Map<String, Pair> pairs, RecordDecoder<Label> decoder) {
        this.unlabeled = new HashMap<>(pairs);
        this.decoder = decoder;
    }

    /// Takes a record of `labels`; one that is no label says nothing.
    void add(ConsumerRecord<byte[], byte[]> record) {
        RecordDecoder.Decoded<Label> label;
        try {
            label = decoder.decode(record);
        } catch (InvalidRecordException e) {
            return;
        }
        Pair pair = unlabeled.remove(label.key());
        if (pair != null) {
            count(pair, label.value().label());
        }
    }

    private void count(Pair pair, int label) {
        boolean served = pair.served() == label;
        boolean other = pair.other() == label;
        known++;
        servedCorrect += served ? 1 : 0;
        otherCorrect += other ? 1 : 0;
        wins += other && !served ? 1 : 0;
        losses += served && !other ? 1 : 0;
    }

    /// Images with a label.
    long known() {
        return known;
    }

    /// Of these, those that the version that served classified correctly.
    long servedCorrect() {
        return servedCorrect;
    }

    /// Of these, those that the other version classifies correctly.
    long otherCorrect() {
        return otherCorrect;
    }

    /// Images that only the other version classifies correctly.
    long wins() {
        return wins;
    }

    /// Images that only the version that served classified correctly.
    long losses() {
        return losses;
    }

    /// Exact two-sided test of McNemar: the probability of such a difference by chance.
    double pValue() {
        return ExactTest.different(wins, losses);
    }
}
