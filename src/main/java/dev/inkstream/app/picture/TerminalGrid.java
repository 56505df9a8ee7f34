package dev.inkstream.app.picture;

import dev.inkstream.dataset.ImageSize;
import java.util.List;

/// Draws an [ImageGrid] as text.
final class TerminalGrid {
    private static final String GAP = " ";
    private static final String SHADES = " .:-=+*#%@";
    private static final String RESET = "\u001b[0m";
    private static final String UPPER_HALF = "▀";

    private final ImageGrid grid;
    private final Shades shades;
    /// Columns of text to each image.
    private final int width;
    /// Rows of text to each image.
    private final int height;

    TerminalGrid(ImageGrid grid, Shades shades, int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns is " + columns + "; it must be 1 or more");
        }
        ImageSize size = grid.imageSize();
        this.grid = grid;
        this.shades = shades;
        this.width = Math.clamp((columns + 1) / grid.across() - 1, 1, size.width());
        this.height = Math.max(1, Math.round((float) width * size.height() / size.width() / 2));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < grid.rows(); row++) {
            List<Tile> tiles = grid.row(row);
            for (int line = 0; line < height; line++) {
                appendLine(text, tiles, line);
            }
            appendCaptions(text, tiles);
        }
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<Tile> tiles, int line) {
        String gap = "";
        for (Tile tile : tiles) {
            text.append(gap);
            gap = GAP;
            if (shades == Shades.PLAIN) {
                appendShades(text, tile, line);
            } else {
                appendHalfBlocks(text, tile, line);
            }
        }
        endLine(text);
    }

    private void appendShades(StringBuilder text, Tile tile, int line) {
        for (int column = 0; column < width; column++) {
            int grey = grey(tile, column, line, height);
            text.append(SHADES.charAt(grey * SHADES.length() / 256));
        }
    }

    private void appendHalfBlocks(StringBuilder text, Tile tile, int line) {
        String last = "";
        for (int column = 0; column < width; column++) {
            int upper = grey(tile, column, 2 * line, 2 * height);
            int lower = grey(tile, column, 2 * line + 1, 2 * height);
            String colors = "\u001b[38;" + color(upper) + ";48;" + color(lower) + "m";
            if (!colors.equals(last)) {
                text.append(colors);
                last = colors;
            }
            text.append(UPPER_HALF);
        }
        text.append(RESET);
    }

    private void appendCaptions(StringBuilder text, List<Tile> tiles) {
        String gap = "";
        for (Tile tile : tiles) {
            String caption = tile.caption();
            String shown = caption.substring(0, Math.min(caption.length(), width));
            int before = (width - shown.length()) / 2;
            text.append(gap).repeat(" ", before).append(shown).repeat(" ", width - before - shown.length());
            gap = GAP;
        }
        endLine(text);
    }

    private static void endLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }

    /// The mean grey of the pixels behind one cell of a grid `width` by `rows` laid over the image.
    private int grey(Tile tile, int column, int row, int rows) {
        int left = column * tile.size().width() / width;
        int right = Math.max(left + 1, (column + 1) * tile.size().width() / width);
        int top = row * tile.size().height() / rows;
        int bottom = Math.max(top + 1, (row + 1) * tile.size().height() / rows);
        int sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += tile.pixel(x, y);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    private String color(int grey) {
        if (shades == Shades.TRUE_COLOR) {
            return "2;" + grey + ";" + grey + ";" + grey;
        }
        return "5;" + (232 + grey * 24 / 256);
    }
}
