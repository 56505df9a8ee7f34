package dev.inkstream.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;

/// Turns decoded pictures into grey levels and opacity, 0 to 255 each.
///
/// A grey picture keeps its stored values; 16 bits are scaled to 8. `getRGB` must not be asked for them: Java takes
/// its grey colour space for linear, and would make 188 of 128. Of colours the luma of ITU-R BT.601 is taken,
/// (299 R + 587 G + 114 B) / 1000.
final class Grey {
    private static final int MAX_LEVEL = 255;

    private Grey() {}

    /// The picture, with opacity 255 where it has none.
    static Picture of(BufferedImage image) {
        ImageSize size = new ImageSize(image.getWidth(), image.getHeight());
        byte[] grey = new byte[size.pixels()];
        byte[] alpha = new byte[size.pixels()];
        if (isStoredGrey(image.getColorModel())) {
            readSamples(image, grey, alpha);
        } else {
            readColors(image, grey, alpha);
        }
        return new Picture(size, grey, alpha);
    }

    /// Grey levels themselves, not indices of a palette, which may be grey too.
    private static boolean isStoredGrey(ColorModel model) {
        return model instanceof ComponentColorModel && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private static void readSamples(BufferedImage image, byte[] grey, byte[] alpha) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        for (int i = 0; i < grey.length; i++) {
            int x = raster.getMinX() + i % image.getWidth();
            int y = raster.getMinY() + i / image.getWidth();
            grey[i] = level(raster.getSample(x, y, 0), model.getComponentSize(0));
            alpha[i] =
                    model.hasAlpha() ? level(raster.getSample(x, y, 1), model.getComponentSize(1)) : (byte) MAX_LEVEL;
        }
    }

    /// @param sample 0 to `2^bits - 1`
    private static byte level(int sample, int bits) {
        int max = (1 << bits) - 1;
        return (byte) ((sample * MAX_LEVEL + max / 2) / max);
    }

    private static void readColors(BufferedImage image, byte[] grey, byte[] alpha) {
        for (int i = 0; i < grey.length; i++) {
            int argb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            int luma = 299 * (argb >> 16 & 0xff) + 587 * (argb >> 8 & 0xff) + 114 * (argb & 0xff);
            grey[i] = (byte) Math.round(luma / 1_000f);
            alpha[i] = (byte) (argb >>> 24);
        }
    }
}
