package dev.inkstream.labeler;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// What a [HeldRecord] holds. Immutable: arrays belong to it.
sealed interface HeldContent {
    /// Read the branches of the schema's union, in its order.
    List<Function<StateReader, HeldContent>> BRANCHES = List.of(
            HeldContent::image, in -> new Label(in.bytes()), in -> new Joined(), in -> new EncodedImage(in.bytes()));

    /// A valid image.
    record Image(ImageRecord image) implements HeldContent {}

    /// A label.
    ///
    /// @param pending the bytes of a [PendingLabel]
    record Label(byte[] pending) implements HeldContent {}

    /// Nothing: image and label are joined.
    record Joined() implements HeldContent {}

    /// An image from a build that held images as they came. It may not be valid.
    ///
    /// @param value of the image's record
    record EncodedImage(byte[] value) implements HeldContent {}

    default HeldRecord.Kind kind() {
        return switch (this) {
            case Image _, EncodedImage _ -> HeldRecord.Kind.IMAGE;
            case Label _ -> HeldRecord.Kind.LABEL;
            case Joined _ -> HeldRecord.Kind.JOINED;
        };
    }

    /// The length of its array.
    default int length() {
        return switch (this) {
            case Image(ImageRecord image) -> image.pixels().length;
            case Label(byte[] pending) -> pending.length;
            case Joined _ -> 0;
            case EncodedImage(byte[] value) -> value.length;
        };
    }

    /// Appends the number of the branch and its fields.
    default StateWriter write(StateWriter out) {
        return switch (this) {
            case Image(ImageRecord image) ->
                out.number(0)
                        .number(image.width())
                        .number(image.height())
                        .bytes(image.pixels())
                        .number(image.capturedAt().toEpochMilli());
            case Label(byte[] pending) -> out.number(1).bytes(pending);
            case Joined _ -> out.number(2);
            case EncodedImage(byte[] value) -> out.number(3).bytes(value);
        };
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if the fields are those of no image
    static HeldContent read(StateReader in) {
        return in.oneOf(BRANCHES).apply(in);
    }

    private static HeldContent image(StateReader in) {
        return new Image(
                new ImageRecord(in.smallNumber(), in.smallNumber(), in.bytes(), Instant.ofEpochMilli(in.number())));
    }
}
