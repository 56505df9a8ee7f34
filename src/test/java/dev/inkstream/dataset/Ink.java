package dev.inkstream.dataset;

/// Measures how much ink images have.
final class Ink {
    private Ink() {}

    /// The mean of all pixels, 0 to 255.
    static double mean(Images images) {
        long sum = 0;
        for (int i = 0; i < images.size(); i++) {
            for (byte pixel : images.pixels(i)) {
                sum += Byte.toUnsignedInt(pixel);
            }
        }
        return (double) sum / pixelCount(images);
    }

    /// The fraction of all pixels that are not 0.
    static double fraction(Images images) {
        long inked = 0;
        for (int i = 0; i < images.size(); i++) {
            for (byte pixel : images.pixels(i)) {
                inked += pixel == 0 ? 0 : 1;
            }
        }
        return (double) inked / pixelCount(images);
    }

    private static double pixelCount(Images images) {
        return (double) images.size() * images.imageSize().pixels();
    }
}
