package dev.inkstream.app.picture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Draws an [ImageGrid] as a PNG file.
final class PngGrid {
    private static final int MAX_SCALE = 16;
    private static final int INK = 200;
    private static final int LINE = 60;

    private final ImageGrid grid;
    private final int scale;
    /// Pixels of the picture to one pixel of the font.
    private final int fontScale;

    private final int cellWidth;
    private final int cellHeight;
    private final BufferedImage picture;
    private final WritableRaster pixels;

    PngGrid(ImageGrid grid, int scale) {
        if (scale < 1 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale is " + scale + "; it must be 1 to " + MAX_SCALE);
        }
        this.grid = grid;
        this.scale = scale;
        this.fontScale = Math.max(1, scale / 2);
        this.cellWidth = grid.imageSize().width() * scale + 1;
        this.cellHeight = grid.imageSize().height() * scale + captionHeight() + 1;
        this.picture = new BufferedImage(
                cellWidth * grid.across() + 1, cellHeight * grid.rows() + 1, BufferedImage.TYPE_BYTE_GRAY);
        this.pixels = picture.getRaster();
    }

    byte[] bytes() {
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (x % cellWidth == 0 || y % cellHeight == 0) {
                    set(x, y, LINE);
                }
            }
        }
        for (int i = 0; i < grid.tiles().size(); i++) {
            draw(grid.tiles().get(i), i % grid.across() * cellWidth + 1, i / grid.across() * cellHeight + 1);
        }
        return encoded();
    }

    private byte[] encoded() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        // In memory: without a stream of its own, Image I/O writes a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return png.toByteArray();
    }

    private void draw(Tile tile, int left, int top) {
        int tileWidth = tile.size().width() * scale;
        int tileHeight = tile.size().height() * scale;
        for (int y = 0; y < tileHeight; y++) {
            for (int x = 0; x < tileWidth; x++) {
                set(left + x, top + y, tile.pixel(x / scale, y / scale));
            }
        }
        int advance = (BitmapFont.WIDTH + 1) * fontScale;
        String caption = tile.caption();
        int shown = Math.min(caption.length(), tileWidth / advance);
        int start = left + (tileWidth - shown * advance + fontScale) / 2;
        for (int i = 0; i < shown; i++) {
            draw(caption.charAt(i), start + i * advance, top + tileHeight + 2 * fontScale);
        }
    }

    private void draw(char character, int left, int top) {
        for (int y = 0; y < BitmapFont.HEIGHT * fontScale; y++) {
            for (int x = 0; x < BitmapFont.WIDTH * fontScale; x++) {
                if (BitmapFont.ink(character, x / fontScale, y / fontScale)) {
                    set(left + x, top + y, INK);
                }
            }
        }
    }

    private void set(int x, int y, int grey) {
        pixels.setSample(x, y, 0, grey);
    }

    private int captionHeight() {
        return (BitmapFont.HEIGHT + 4) * fontScale;
    }
}
