package dev.inkstream.record;

/// What can be wrong with a record from a topic. The names go into the headers of dead letters: they are part
/// of the contract with their readers.
public enum RejectReason {
    /// The key, which should be the image id or the model name, is null or empty.
    NULL_KEY,
    /// The key is longer than 1,024 bytes.
    LONG_KEY,
    /// The record has no timestamp, or one that is far ahead of the clock; or a time in its value is out of range.
    BAD_TIMESTAMP,
    /// The value is null.
    NULL_VALUE,
    /// The record has more bytes, or more headers, than a role keeps.
    TOO_LARGE,
    /// The bytes are not a framed Avro record of a readable schema.
    UNDECODABLE,
    /// The frame names a schema id for which the registry has no Avro schema.
    UNKNOWN_SCHEMA,
    /// The number of pixels is not width x height.
    PIXEL_COUNT,
    /// The image size is not the model's, or a side is outside 1 to 4096. The labeler checks only the second.
    IMAGE_SIZE,
    /// The label is not one of the model's classes.
    LABEL_RANGE,
    /// A weight snapshot is corrupt, not finite, or of the wrong shape.
    BAD_SNAPSHOT,
    /// There are as many holdout images as are kept.
    HOLDOUT_FULL,
    /// No image of this label's id came within the window.
    NO_IMAGE,
    /// A command names no version or alias where it needs one, or a text in it is too long.
    BAD_COMMAND,
    /// The loss of a labeled image is not finite.
    DIVERGED,
    /// A signature is required, and the record has none.
    UNSIGNED,
    /// The record is signed with a key that is not trusted.
    UNTRUSTED_KEY,
    /// The signature is not of this record on this topic.
    BAD_SIGNATURE,
    /// A version on `serving-weights` goes backwards: it names no decision, or an older one than the version in use.
    BACKWARDS
}
