package dev.inkstream.app.role;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The versions of a model that have served, by the evaluations and decisions about it. Not thread-safe.
final class PromotedVersions {
    private final Topics topics;
    private final String model;
    private final RecordDecoder<Evaluation> evaluations;
    private final RecordDecoder<ModelDecision> decisions;
    private final boolean signed;
    private final Set<ModelVersion> all = new HashSet<>();
    private @Nullable Subject serving;
    private @Nullable ModelDecision last;

    PromotedVersions(Topics topics, AvroSerdes serdes, String model) {
        this.topics = topics;
        this.model = model;
        evaluations = topics.evaluations().decoder(serdes);
        decisions = topics.ledger(serdes);
        signed = topics.signatures().checkDecisions();
    }

    /// The topics whose records it takes. Evaluations are not signed.
    List<Topic<?, ?>> topics() {
        return signed ? List.of(topics.modelDecisions()) : List.of(topics.evaluations(), topics.modelDecisions());
    }

    /// Takes the next record of one of them.
    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.evaluations().name())) {
                add(evaluations.decode(record).value());
            } else {
                add(decisions.decode(record).value());
            }
        } catch (InvalidRecordException e) {
            // It promotes nothing; `models list` names it.
            return;
        }
    }

    private void add(Evaluation evaluation) {
        if (evaluation.promoted() && evaluation.id().model().equals(model)) {
            all.add(evaluation.id());
        }
    }

    private void add(ModelDecision decision) {
        if (!decision.model().equals(model)) {
            return;
        }
        last = decision;
        Optional<Subject> subject = decision.subject();
        switch (decision.kind()) {
            case PROMOTED, RESTORED, PINNED -> {
                subject.map(Subject::id).ifPresent(all::add);
                serving = subject.orElse(serving);
            }
            default -> {
                // It changes nothing about what serves, unless a later release made it.
                OptionalLong after = decision.after().serving();
                if (serving != null
                        && (after.isEmpty() || after.getAsLong() != serving.id().version())) {
                    serving = null;
                }
            }
        }
    }

    /// All that have served.
    Set<ModelVersion> all() {
        return Set.copyOf(all);
    }

    /// The one that serves by the last decision; empty if the decisions do not say.
    Optional<Subject> serving() {
        return Optional.ofNullable(serving);
    }

    /// The newest decision, if decisions are signed.
    KnownDecision known() {
        return last == null || !signed
                ? KnownDecision.NONE
                : new KnownDecision(
                        last.number(), serving().map(Subject::id), last.after().shadow());
    }
}
