package dev.inkstream.codec;

import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.avro.PairedEvidence;
import java.util.Optional;

/// The evidence of a decision and its Avro classes. Stateless.
final class EvidenceMapping {
    private EvidenceMapping() {}

    static dev.inkstream.record.avro.HoldoutEvidence toAvro(HoldoutEvidence holdout) {
        return new dev.inkstream.record.avro.HoldoutEvidence(
                holdout.examples(),
                holdout.correct(),
                holdout.guessing(),
                holdout.serving().map(EvidenceMapping::toAvro).orElse(null),
                holdout.best().map(EvidenceMapping::toAvro).orElse(null));
    }

    private static PairedEvidence toAvro(Paired paired) {
        return new PairedEvidence(paired.version(), paired.correct(), paired.wins(), paired.losses(), paired.worse());
    }

    static dev.inkstream.record.avro.LiveEvidence toAvro(LiveEvidence live) {
        return new dev.inkstream.record.avro.LiveEvidence(
                live.shadow(), live.serving(), live.labels(), live.wins(), live.losses(), live.better(), live.worse());
    }

    static HoldoutEvidence toDomain(dev.inkstream.record.avro.HoldoutEvidence avro) {
        return new HoldoutEvidence(
                avro.getExamples(),
                avro.getCorrect(),
                avro.getGuessing(),
                Optional.ofNullable(avro.getServing()).map(EvidenceMapping::toDomain),
                Optional.ofNullable(avro.getBest()).map(EvidenceMapping::toDomain));
    }

    private static Paired toDomain(PairedEvidence avro) {
        return new Paired(avro.getVersion(), avro.getCorrect(), avro.getWins(), avro.getLosses(), avro.getWorse());
    }

    static LiveEvidence toDomain(dev.inkstream.record.avro.LiveEvidence avro) {
        return new LiveEvidence(
                avro.getShadow(),
                avro.getServing(),
                avro.getLabels(),
                avro.getWins(),
                avro.getLosses(),
                avro.getBetter(),
                avro.getWorse());
    }
}
