package dev.inkstream.record;

import java.time.Instant;

/// What somebody says an image shows; the record's key is the image's id. Immutable.
///
/// @param label the class, 0 or more
/// @param labeledAt when it was given, by its producer's clock; in the years 1 to 9999
public record Label(int label, Instant labeledAt) {
    /// The most classes a model may have, so that labels go from 0 to 499: an evaluation holds a count for each pair
    /// of classes, and must fit into a record of a megabyte.
    public static final int MAX_CLASSES = 500;

    /// @throws InvalidRecordException if the label is negative, or the time out of range
    public Label {
        if (label < 0) {
            throw new InvalidRecordException(RejectReason.LABEL_RANGE, "label is " + label + "; it must be 0 or more");
        }
        Times.check("labeledAt", labeledAt);
    }
}
