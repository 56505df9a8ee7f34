package dev.inkstream.stream;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/// What the join of predictions and labels needs of either: so little that sending all of it through one partition
/// costs little. The record's key is the image id, its timestamp that of the prediction or label. Immutable.
sealed interface LiveInput {
    /// The class predicted, or the true one.
    int label();

    /// A prediction of our model.
    record Predicted(int label, long version) implements LiveInput {}

    /// What an image really shows.
    record Labeled(int label) implements LiveInput {}

    /// Twelve bytes for a prediction, four for a label.
    static Serde<LiveInput> serde() {
        return Serdes.serdeFrom((topic, input) -> toBytes(input), (topic, bytes) -> fromBytes(bytes));
    }

    private static byte[] toBytes(LiveInput input) {
        return switch (input) {
            case Predicted predicted ->
                ByteBuffer.allocate(12)
                        .putInt(predicted.label())
                        .putLong(predicted.version())
                        .array();
            case Labeled labeled ->
                ByteBuffer.allocate(4).putInt(labeled.label()).array();
        };
    }

    private static LiveInput fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 12 -> new Predicted(in.getInt(), in.getLong());
            case 4 -> new Labeled(in.getInt());
            default -> throw new IllegalStateException("an input of the live join has " + bytes.length + " bytes");
        };
    }
}
