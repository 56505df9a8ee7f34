package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import dev.inkstream.stream.JoinClock;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/// What the join of predictions and labels needs of either, in a few bytes. The record's key is the image id; its
/// timestamp is that of the prediction or label, or the clock of the role when it took that in, if it is earlier.
/// Immutable.
sealed interface OutcomeEvent {
    /// The class predicted, or the true one.
    int label();

    /// Clock of the role when it took the record in, in milliseconds.
    long arrivedAt();

    /// Which kind of record the clock of the join takes it for.
    int clock();

    /// A prediction of our model.
    record Predicted(int label, long arrivedAt, long version) implements OutcomeEvent {
        @Override
        public int clock() {
            return JoinClock.IMAGES;
        }
    }

    /// What an image really shows.
    record Labeled(int label, long arrivedAt) implements OutcomeEvent {
        @Override
        public int clock() {
            return JoinClock.LABELS;
        }
    }

    /// About ten bytes.
    static Serde<OutcomeEvent> serde() {
        return Serdes.serdeFrom((topic, input) -> Format.toBytes(input), (topic, bytes) -> Format.fromBytes(bytes));
    }

    /// The bytes that they are written as: a label has the version [#NONE].
    final class Format {
        private static final StateFormat FORMAT = StateFormat.first("input of the live join");
        private static final long NONE = -1;

        private Format() {}

        private static byte[] toBytes(OutcomeEvent input) {
            long version = input instanceof Predicted predicted ? predicted.version() : NONE;
            return FORMAT.writer()
                    .number(input.label())
                    .number(input.arrivedAt())
                    .number(version)
                    .toBytes();
        }

        private static OutcomeEvent fromBytes(byte[] bytes) {
            return FORMAT.read(bytes, Format::of);
        }

        private static OutcomeEvent of(StateReader in) {
            int label = in.smallNumber();
            long arrivedAt = in.number();
            long version = in.number();
            return version == NONE ? new Labeled(label, arrivedAt) : new Predicted(label, arrivedAt, version);
        }
    }
}
