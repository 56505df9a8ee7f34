package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.avro.ModelDecisionKind;
import dev.inkstream.record.avro.ModelServingMode;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;

/// [ModelDecision] and its Avro class.
enum ModelDecisionMapping implements AvroMapping<ModelDecision, dev.inkstream.record.avro.ModelDecision> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.ModelDecision.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.ModelDecision toAvro(ModelDecision decision) {
        Optional<ModelVersion> id = decision.subject().map(Subject::id);
        return dev.inkstream.record.avro.ModelDecision.newBuilder()
                .setModel(decision.model())
                .setNumber(decision.number())
                .setKind(ModelDecisionKind.valueOf(decision.kind().name()))
                .setVersion(id.map(ModelVersion::version).orElse(null))
                .setWeightsSha256(
                        id.map(version -> ByteBuffer.wrap(version.weights().bytes()))
                                .orElse(null))
                .setSnapshotOffset(decision.subject()
                        .map(subject -> Nullables.orNull(subject.snapshotOffset()))
                        .orElse(null))
                .setReplaced(Nullables.orNull(decision.replaced()))
                .setDecidedBy(decision.origin().decidedBy())
                .setCommandId(decision.origin().commandId().orElse(null))
                .setReason(decision.origin().reason())
                .setAlias(decision.origin().alias().orElse(null))
                .setServing(Nullables.orNull(decision.after().serving()))
                .setShadow(Nullables.orNull(decision.after().shadow()))
                .setMode(ModelServingMode.valueOf(decision.after().mode().name()))
                .setHoldout(decision.evidence()
                        .holdout()
                        .map(EvidenceMapping::toAvro)
                        .orElse(null))
                .setLive(decision.evidence().live().map(EvidenceMapping::toAvro).orElse(null))
                .setDecidedAt(decision.decidedAt())
                .build();
    }

    @Override
    public ModelDecision toDomain(dev.inkstream.record.avro.ModelDecision avro) {
        return new ModelDecision(
                avro.getModel(),
                avro.getNumber(),
                Kind.valueOf(avro.getKind().name()),
                Optional.ofNullable(avro.getVersion()).map(version -> subject(avro, version)),
                Nullables.optional(avro.getReplaced()),
                new Origin(
                        avro.getDecidedBy(),
                        Optional.ofNullable(avro.getCommandId()),
                        avro.getReason(),
                        Optional.ofNullable(avro.getAlias())),
                new Standing(
                        Nullables.optional(avro.getServing()),
                        Nullables.optional(avro.getShadow()),
                        Mode.valueOf(avro.getMode().name())),
                new Evidence(
                        Optional.ofNullable(avro.getHoldout()).map(EvidenceMapping::toDomain),
                        Optional.ofNullable(avro.getLive()).map(EvidenceMapping::toDomain)),
                avro.getDecidedAt());
    }

    private static Subject subject(dev.inkstream.record.avro.ModelDecision avro, long version) {
        if (avro.getWeightsSha256() == null) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE, "weightsSha256 of a decision about v" + version + " is null");
        }
        return new Subject(
                new ModelVersion(avro.getModel(), version, Sha256.fromDigest(Bytes.toArray(avro.getWeightsSha256()))),
                Nullables.optional(avro.getSnapshotOffset()));
    }
}
