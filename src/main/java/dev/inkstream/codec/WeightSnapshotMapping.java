package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import dev.inkstream.record.Weights;
import dev.inkstream.record.avro.HiddenActivation;
import dev.inkstream.record.avro.OutputActivation;
import dev.inkstream.record.avro.SnapshotPublisher;
import dev.inkstream.record.avro.Summation;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;

/// [WeightSnapshot] and its Avro class.
enum WeightSnapshotMapping implements AvroMapping<WeightSnapshot, dev.inkstream.record.avro.WeightSnapshot> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.WeightSnapshot.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.WeightSnapshot toAvro(WeightSnapshot snapshot) {
        Layers layers = snapshot.layers();
        TrainingProgress progress = snapshot.progress();
        return dev.inkstream.record.avro.WeightSnapshot.newBuilder()
                .setModel(snapshot.id().model())
                .setVersion(snapshot.id().version())
                .setLayerSizes(layers.sizes())
                .setHiddenActivation(HiddenActivation.valueOf(layers.hidden()))
                .setOutputActivation(OutputActivation.valueOf(layers.output()))
                .setSummation(Summation.valueOf(layers.summation()))
                .setParameters(ByteBuffer.wrap(snapshot.parameters()))
                .setSha256(ByteBuffer.wrap(snapshot.id().weights().bytes()))
                .setExamples(progress.examples())
                .setMiniBatches(progress.miniBatches())
                .setLastOffset(progress.lastOffset())
                .setRecentExamples(progress.recent().examples())
                .setRecentCorrect(progress.recent().correct())
                .setRecentLoss(progress.recent().meanLoss())
                .setTraining(snapshot.training())
                .setFirstOffset(Nullables.orNull(snapshot.provenance().firstOffset()))
                .setParent(snapshot.provenance()
                        .parent()
                        .map(parent -> ByteBuffer.wrap(parent.bytes()))
                        .orElse(null))
                .setPublisher(snapshot.provenance()
                        .publisher()
                        .map(WeightSnapshotMapping::publisher)
                        .orElse(null))
                .setSource(snapshot.provenance().source().orElse(null))
                .build();
    }

    private static SnapshotPublisher publisher(Publisher publisher) {
        return new SnapshotPublisher(publisher.role(), publisher.instance(), publisher.program());
    }

    @Override
    public WeightSnapshot toDomain(dev.inkstream.record.avro.WeightSnapshot avro) {
        return new WeightSnapshot(
                new ModelVersion(
                        avro.getModel(), avro.getVersion(), Sha256.fromDigest(Bytes.toArray(avro.getSha256()))),
                new Layers(
                        avro.getLayerSizes(),
                        known("hidden activation", avro.getHiddenActivation(), HiddenActivation.UNKNOWN),
                        known("output activation", avro.getOutputActivation(), OutputActivation.UNKNOWN),
                        known("summation", avro.getSummation(), Summation.UNKNOWN)),
                new Weights(Bytes.toArray(avro.getParameters())),
                new TrainingProgress(
                        avro.getExamples(),
                        avro.getMiniBatches(),
                        avro.getLastOffset(),
                        new Prequential(avro.getRecentExamples(), avro.getRecentCorrect(), avro.getRecentLoss())),
                avro.getTraining(),
                provenance(avro));
    }

    private static Provenance provenance(dev.inkstream.record.avro.WeightSnapshot avro) {
        return new Provenance(
                Nullables.optional(avro.getFirstOffset()),
                Optional.ofNullable(avro.getParent()).map(parent -> Sha256.fromDigest(Bytes.toArray(parent))),
                Optional.ofNullable(avro.getPublisher())
                        .map(who -> new Publisher(who.getRole(), who.getInstance(), who.getProgram())),
                Optional.ofNullable(avro.getSource()));
    }

    private static String known(String which, Enum<?> value, Enum<?> unknown) {
        if (value == unknown) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT, "snapshot's " + which + " is one that this version does not know");
        }
        return value.name();
    }
}
