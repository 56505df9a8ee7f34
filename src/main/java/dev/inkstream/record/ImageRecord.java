package dev.inkstream.record;

import java.time.Instant;

/// One grey image. Immutable: the array of `pixels` belongs to the record from then on, and is not copied; neither the
/// caller nor a reader may change it.
///
/// @param width columns, 1 to [#MAX_SIDE]
/// @param height rows, 1 to [#MAX_SIDE]
/// @param pixels width x height grey levels (unsigned bytes), row by row from the top left; 0 is background
/// @param capturedAt when the image was taken, by its producer's clock; in the years 1 to 9999
public record ImageRecord(int width, int height, Pixels pixels, Instant capturedAt) {
    /// The longest side accepted: what is larger is no image for a fully connected network.
    public static final int MAX_SIDE = 4096;

    /// The range of a side, as every message puts it.
    public static final String SIDES = "each side must be 1 to " + MAX_SIDE + " pixels";

    /// @throws InvalidRecordException if a side or the time is out of range, or the pixels are not width x height
    public ImageRecord {
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new InvalidRecordException(
                    RejectReason.IMAGE_SIZE, "image is " + width + "x" + height + "; " + SIDES);
        }
        if (pixels.length() != width * height) {
            throw new InvalidRecordException(
                    RejectReason.PIXEL_COUNT,
                    "image of " + width + "x" + height + " needs " + width * height + " pixels but has "
                            + pixels.length());
        }
        Times.check("capturedAt", capturedAt);
    }

    /// With all of an array for pixels.
    public ImageRecord(int width, int height, byte[] pixels, Instant capturedAt) {
        this(width, height, Pixels.of(pixels), capturedAt);
    }

    @Override
    public String toString() {
        return "ImageRecord[" + width + "x" + height + ", captured at " + capturedAt + "]";
    }
}
