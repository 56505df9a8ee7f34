package dev.inkstream.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// A picture file, in grey.
///
/// @param pixels unsigned bytes, row by row from the top left: 0 black, 255 white
record Picture(ImageSize size, byte[] pixels) {
    /// Reads a PNG, JPEG, GIF or BMP file. Grey ones keep their values; of colours it takes the luma of ITU-R BT.601,
    /// (299 R + 587 G + 114 B) / 1000; what is transparent is black.
    ///
    /// @throws DatasetException if it is none, or has a side of more than [ImageSize#MAX_SIDE] pixels
    static Picture read(Path file) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DatasetException(
                        file + " is not a PNG, JPEG, GIF or BMP picture: replace it or take it away.");
            }
            ImageReader reader = readers.next();
            reader.setInput(in);
            ImageSize size = size(file, reader.getWidth(0), reader.getHeight(0));
            return new Picture(size, grey(reader.read(0)));
        } catch (IOException e) {
            throw new DatasetException(
                    file + " cannot be read (" + e.getMessage() + "): replace it or take it away.", e);
        }
    }

    /// Known before the pixels are unpacked: a small file may hold a huge picture.
    private static ImageSize size(Path file, int width, int height) {
        if (width > ImageSize.MAX_SIDE || height > ImageSize.MAX_SIDE) {
            throw new DatasetException(file + " is " + width + "x" + height + ", at most " + ImageSize.MAX_SIDE + "x"
                    + ImageSize.MAX_SIDE + " can be used: scale it down.");
        }
        return new ImageSize(width, height);
    }

    private static byte[] grey(BufferedImage image) {
        byte[] pixels = new byte[image.getWidth() * image.getHeight()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) grey(image, i % image.getWidth(), i / image.getWidth());
        }
        return pixels;
    }

    /// `getRGB` would take grey values for linear ones and change them.
    private static int grey(BufferedImage image, int x, int y) {
        Raster raster = image.getRaster();
        int bits = image.getColorModel().getPixelSize();
        boolean plain =
                image.getType() == BufferedImage.TYPE_BYTE_GRAY || image.getType() == BufferedImage.TYPE_USHORT_GRAY;
        return plain ? raster.getSample(x, y, 0) >> (bits - Byte.SIZE) : luma(image.getRGB(x, y));
    }

    /// @param argb a byte each of alpha, red, green and blue
    private static int luma(int argb) {
        int luma = 299 * (argb >> 16 & 0xff) + 587 * (argb >> 8 & 0xff) + 114 * (argb & 0xff);
        return Math.round(luma / 1_000f * (argb >>> 24) / 255f);
    }
}
