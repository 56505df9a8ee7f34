package dev.inkstream.evaluator;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.RecordDecoder;
import dev.inkstream.stream.intake.RecordTimestamps;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// Keeps the holdout images: a later image of the same id takes the place of the one before, a null value (the
/// topic is compacted) removes it, and what cannot be used is a dead letter and changes nothing.
final class KeepHoldoutProcessor implements Processor<byte[], byte[], Object, Object> {
    private final RecordDecoder<LabeledImage> decoder;
    private final DeadLetterSink deadLetters;
    private final int maxImages;
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, LabeledImage> holdout;

    KeepHoldoutProcessor(RecordDecoder<LabeledImage> decoder, DeadLetterSink deadLetters) {
        this(decoder, deadLetters, EvaluatorSettings.MAX_HOLDOUT_IMAGES);
    }

    KeepHoldoutProcessor(RecordDecoder<LabeledImage> decoder, DeadLetterSink deadLetters, int maxImages) {
        this.deadLetters = deadLetters;
        this.decoder = decoder;
        this.maxImages = maxImages;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        holdout = context.getStateStore(EvaluatorTopology.HOLDOUT);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (deadLetters.passesOver(record, context)) {
            return;
        }
        try {
            Cut.check(record.headers());
            RecordTimestamps.check(record.timestamp(), context.currentSystemTimeMs());
            String id = RecordDecoder.key(record.key());
            if (record.value() == null) {
                holdout.put(id, null);
            } else {
                keep(record, id, decoder.decode(record).value());
            }
        } catch (InvalidRecordException e) {
            deadLetters.send(record, e, context);
        }
    }

    private void keep(Record<byte[], byte[]> record, String id, LabeledImage image) {
        if (holdout.approximateNumEntries() >= maxImages && holdout.get(id) == null) {
            throw new InvalidRecordException(
                    RejectReason.HOLDOUT_FULL,
                    "there are " + maxImages + " holdout images already; the evaluator" + " keeps no more");
        }
        holdout.put(id, image);
        // The key is no model's: the one model of this evaluator is meant.
        context.forward(record.withKey(id).withValue(new DecisionInput.KeptHoldout()), EvaluatorTopology.DECIDE);
    }
}
