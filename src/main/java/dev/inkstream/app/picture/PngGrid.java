package dev.inkstream.app.picture;

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
    private final int width;
    private final int height;
    /// Shape `[height][width]`.
    private final byte[] picture;

    PngGrid(ImageGrid grid, int scale) {
        if (scale < 1 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("scale is " + scale + "; it must be 1 to " + MAX_SCALE);
        }
        this.grid = grid;
        this.scale = scale;
        this.fontScale = Math.max(1, scale / 2);
        this.cellWidth = grid.imageSize().width() * scale + 1;
        this.cellHeight = grid.imageSize().height() * scale + captionHeight() + 1;
        this.width = cellWidth * grid.across() + 1;
        this.height = cellHeight * grid.rows() + 1;
        this.picture = new byte[Math.multiplyExact(width, height)];
    }

    byte[] bytes() {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (x % cellWidth == 0 || y % cellHeight == 0) {
                    set(x, y, LINE);
                }
            }
        }
        for (int i = 0; i < grid.tiles().size(); i++) {
            draw(grid.tiles().get(i), i % grid.across() * cellWidth + 1, i / grid.across() * cellHeight + 1);
        }
        return Png.grey(picture, width, height);
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
        picture[y * width + x] = (byte) grey;
    }

    private int captionHeight() {
        return (BitmapFont.HEIGHT + 4) * fontScale;
    }
}
