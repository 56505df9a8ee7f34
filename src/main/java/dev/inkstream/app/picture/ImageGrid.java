package dev.inkstream.app.picture;

import dev.inkstream.dataset.ImageSize;
import java.util.List;

/// Images in rows with a caption under each, drawn as text or as a PNG file. Immutable.
///
/// @param tiles at least one, all of one size
/// @param across how many lie side by side, 1 to 100
public record ImageGrid(List<Tile> tiles, int across) {
    private static final int MAX_ACROSS = 100;

    public ImageGrid {
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("tiles is empty; it must have at least one");
        }
        if (across < 1 || across > MAX_ACROSS) {
            throw new IllegalArgumentException("across is " + across + "; it must be 1 to " + MAX_ACROSS);
        }
        tiles = List.copyOf(tiles);
        ImageSize size = tiles.getFirst().size();
        for (Tile tile : tiles) {
            if (!tile.size().equals(size)) {
                throw new IllegalArgumentException(
                        "tiles has sizes " + size + " and " + tile.size() + "; it must have one");
            }
        }
    }

    /// The grid as lines of text, each ended by a line feed.
    ///
    /// An image is as many columns wide as it has pixels where they fit, and is shrunk where they do not: four of
    /// MNIST's need 115 columns in full size. A row of text shows two rows of pixels.
    ///
    /// @param columns how wide the terminal is, 1 or more
    public String terminal(Shades shades, int columns) {
        return new TerminalGrid(this, shades, columns).text();
    }

    /// The grid as a grey PNG file, white ink on black, each pixel enlarged.
    ///
    /// @param scale how many pixels wide and high each pixel of an image becomes, 1 to 16
    public byte[] png(int scale) {
        return new PngGrid(this, scale).bytes();
    }

    /// The size all images have.
    ImageSize imageSize() {
        return tiles.getFirst().size();
    }

    /// How many rows of images there are.
    int rows() {
        return (tiles.size() + across - 1) / across;
    }

    /// The tiles of a row, fewer in the last one.
    List<Tile> row(int row) {
        return tiles.subList(row * across, Math.min(tiles.size(), (row + 1) * across));
    }
}
