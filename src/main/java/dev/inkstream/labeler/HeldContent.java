package dev.inkstream.labeler;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;
import java.time.Instant;
import java.util.List;

/// What a [HeldRecord] holds. Immutable: arrays belong to it.
sealed interface HeldContent {
    /// The branches of the schema's union, in its order.
    enum Branch {
        IMAGE,
        LABEL,
        JOINED,
        ENCODED_IMAGE;

        private static final List<Branch> ALL = List.of(values());
    }

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

    default Branch branch() {
        return switch (this) {
            case Image _ -> Branch.IMAGE;
            case Label _ -> Branch.LABEL;
            case Joined _ -> Branch.JOINED;
            case EncodedImage _ -> Branch.ENCODED_IMAGE;
        };
    }

    default HeldRecord.Kind kind() {
        return switch (branch()) {
            case IMAGE, ENCODED_IMAGE -> HeldRecord.Kind.IMAGE;
            case LABEL -> HeldRecord.Kind.LABEL;
            case JOINED -> HeldRecord.Kind.JOINED;
        };
    }

    /// The length of its array.
    default int length() {
        return switch (this) {
            case Image(ImageRecord image) -> image.pixels().length();
            case Label(byte[] pending) -> pending.length;
            case Joined _ -> 0;
            case EncodedImage(byte[] value) -> value.length;
        };
    }

    /// Appends the number of the branch and its fields.
    default StateWriter write(StateWriter out) {
        out.number(Branch.ALL.indexOf(branch()));
        return switch (this) {
            case Image(ImageRecord image) ->
                out.number(image.width())
                        .number(image.height())
                        .bytes(image.pixels().bytes())
                        .number(image.capturedAt().toEpochMilli());
            case Label(byte[] pending) -> out.bytes(pending);
            case Joined _ -> out;
            case EncodedImage(byte[] value) -> out.bytes(value);
        };
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if the fields are those of no image
    static HeldContent read(StateReader in) {
        return switch (in.oneOf(Branch.ALL)) {
            case IMAGE -> image(in);
            case LABEL -> new Label(in.bytes());
            case JOINED -> new Joined();
            case ENCODED_IMAGE -> new EncodedImage(in.bytes());
        };
    }

    private static HeldContent image(StateReader in) {
        return new Image(
                new ImageRecord(in.smallNumber(), in.smallNumber(), in.bytes(), Instant.ofEpochMilli(in.number())));
    }
}
