package dev.inkstream.codec;

import dev.inkstream.record.ConfusionMatrix;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;

/// [Evaluation] and its Avro class. `examples` and `correct` are derived from the confusion matrix: they are in
/// the Avro record for consumers that want no more than the accuracy.
enum EvaluationMapping implements AvroMapping<Evaluation, dev.inkstream.record.avro.Evaluation> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.Evaluation.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.Evaluation toAvro(Evaluation evaluation) {
        ConfusionMatrix confusion = evaluation.confusion();
        return dev.inkstream.record.avro.Evaluation.newBuilder()
                .setModel(evaluation.id().model())
                .setVersion(evaluation.id().version())
                .setWeightsSha256(ByteBuffer.wrap(evaluation.id().weights().bytes()))
                .setTrainedExamples(evaluation.trainedExamples())
                .setExamples(confusion.examples())
                .setCorrect(confusion.correct())
                .setMeanLoss(evaluation.meanLoss())
                .setClasses(confusion.classes())
                .setConfusion(Arrays.stream(confusion.counts()).boxed().toList())
                .setPromoted(evaluation.promoted())
                .build();
    }

    @Override
    public Evaluation toDomain(dev.inkstream.record.avro.Evaluation avro) {
        ConfusionMatrix confusion = ConfusionMatrix.of(
                avro.getClasses(),
                avro.getConfusion().stream().mapToLong(Long::longValue).toArray());
        if (confusion.examples() != avro.getExamples() || confusion.correct() != avro.getCorrect()) {
            throw new InvalidRecordException(
                    RejectReason.UNDECODABLE,
                    "evaluation says " + avro.getCorrect() + " of " + avro.getExamples()
                            + " correct, its confusion matrix " + confusion.correct() + " of " + confusion.examples());
        }
        return new Evaluation(
                new ModelVersion(
                        avro.getModel(), avro.getVersion(), Sha256.fromDigest(Bytes.toArray(avro.getWeightsSha256()))),
                avro.getTrainedExamples(),
                confusion,
                avro.getMeanLoss(),
                avro.getPromoted());
    }
}
