package dev.inkstream.stream;

import dev.inkstream.record.Defect;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.intake.RecordBounds;

/// The images and labels that a model takes. Immutable.
///
/// @param width columns
/// @param height rows
/// @param classes labels go from 0 to classes - 1
public record ImageFormat(int width, int height, int classes) {
    /// An evaluation holds a count for each pair of classes, and must fit into a record of a megabyte.
    public static final int MAX_CLASSES = 500;

    public ImageFormat {
        if (width < 1 || width > ImageRecord.MAX_SIDE || height < 1 || height > ImageRecord.MAX_SIDE) {
            throw new IllegalArgumentException("image size is " + width + "x" + height + "; each side must be 1 to "
                    + ImageRecord.MAX_SIDE + " pixels");
        }
        if (classes < 2 || classes > MAX_CLASSES) {
            throw new IllegalArgumentException("classes is " + classes + "; it must be 2 to " + MAX_CLASSES);
        }
    }

    /// The longest record of an image: its pixels, and what else a writer may add.
    int maxRecordBytes() {
        return Math.max(RecordBounds.VALUE_BYTES, pixels() + RecordBounds.HEADER_BYTES);
    }

    /// Inputs of the network.
    public int pixels() {
        return width * height;
    }

    /// @throws InvalidRecordException if the image has another size
    ImageRecord check(ImageRecord image) {
        if (image.width() != width || image.height() != height) {
            throw new InvalidRecordException(
                    Defect.IMAGE_SIZE,
                    "image is " + image.width() + "x" + image.height() + "; this model takes " + width + "x" + height);
        }
        return image;
    }

    /// @throws InvalidRecordException if the image has another size, or the label is no class
    LabeledImage check(LabeledImage labeled) {
        check(labeled.image());
        checkLabel(labeled.label());
        return labeled;
    }

    /// @throws InvalidRecordException if the label is no class
    void checkLabel(int label) {
        if (label >= classes) {
            throw new InvalidRecordException(
                    Defect.LABEL_RANGE, "label is " + label + "; this model knows 0 to " + (classes - 1));
        }
    }
}
