package dev.inkstream.record;

/// An image and the class it shows: an example to learn from or to test on. Immutable.
///
/// @param label the class, 0 or more; how many classes there are is known to the network alone
public record LabeledImage(ImageRecord image, int label) {
    /// @throws InvalidRecordException if the label is negative
    public LabeledImage {
        if (label < 0) {
            throw new InvalidRecordException(RejectReason.LABEL_RANGE, "label is " + label + "; it must be 0 or more");
        }
    }
}
