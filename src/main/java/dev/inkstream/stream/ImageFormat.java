package dev.inkstream.stream;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.intake.IntakeLimits;

/// The images and labels that a model takes. Immutable.
///
/// @param width columns
/// @param height rows
/// @param classes 2 to [Label#MAX_CLASSES]; labels go from 0 to classes - 1
public record ImageFormat(int width, int height, int classes) {
    public ImageFormat {
        if (width < 1 || width > ImageRecord.MAX_SIDE || height < 1 || height > ImageRecord.MAX_SIDE) {
            throw new IllegalArgumentException("image size is " + width + "x" + height + "; " + ImageRecord.SIDES);
        }
        if (classes < 2 || classes > Label.MAX_CLASSES) {
            throw new IllegalArgumentException("classes is " + classes + "; it must be 2 to " + Label.MAX_CLASSES);
        }
    }

    /// The longest record of an image: its pixels, and what else a writer may add.
    public int maxRecordBytes() {
        return Math.max(IntakeLimits.VALUE_BYTES, pixels() + IntakeLimits.HEADER_BYTES);
    }

    /// Inputs of the network.
    public int pixels() {
        return width * height;
    }

    /// @throws InvalidRecordException if the image has another size
    public ImageRecord check(ImageRecord image) {
        if (image.width() != width || image.height() != height) {
            throw new InvalidRecordException(
                    RejectReason.IMAGE_SIZE,
                    "image is " + image.width() + "x" + image.height() + "; it must be " + width + "x" + height
                            + ", the size of this model");
        }
        return image;
    }

    /// @throws InvalidRecordException if the image has another size, or the label is no class
    public LabeledImage check(LabeledImage labeled) {
        check(labeled.image());
        checkLabel(labeled.label());
        return labeled;
    }

    /// @throws InvalidRecordException if the label is no class
    public void checkLabel(int label) {
        if (label >= classes) {
            throw new InvalidRecordException(
                    RejectReason.LABEL_RANGE,
                    "label is " + label + "; it must be 0 to " + (classes - 1) + ", the classes of this model");
        }
    }
}
