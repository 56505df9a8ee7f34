package dev.inkstream.dataset;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How a stored picture is turned to be seen upright, as EXIF counts it (tag 0x0112, 1 to 8): cameras store what the
/// sensor saw, and write down how they were held.
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    MIRRORED_UPSIDE_DOWN,
    TRANSPOSED,
    QUARTER_TURN_CLOCKWISE,
    TRANSPOSED_UPSIDE_DOWN,
    QUARTER_TURN_COUNTERCLOCKWISE;

    /// Reads it from a picture file; [#UPRIGHT] if it is not there or not 1 to 8.
    ///
    /// @param format `JPEG` or `png`, as Image I/O names it; other formats have none
    /// @throws IOException if the file's structure is damaged
    static Orientation of(byte[] content, String format) throws IOException {
        try {
            Metadata metadata = switch (format.toLowerCase(Locale.ROOT)) {
                case "jpeg" ->
                    JpegMetadataReader.readMetadata(new ByteArrayInputStream(content), List.of(new ExifReader()));
                case "png" -> ofPng(content);
                default -> new Metadata();
            };
            return of(metadata);
        } catch (JpegProcessingException | PngProcessingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Asks for the one chunk alone: others may be compressed, and grow without bound when they are read.
    private static Metadata ofPng(byte[] content) throws PngProcessingException, IOException {
        Metadata metadata = new Metadata();
        for (PngChunk chunk :
                new PngChunkReader().extract(new SequentialByteArrayReader(content), Set.of(PngChunkType.eXIf))) {
            new ExifReader().extract(new ByteArrayReader(chunk.getBytes()), metadata);
        }
        return metadata;
    }

    private static Orientation of(Metadata metadata) {
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer number = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (number != null && number >= 1 && number <= values().length) {
                return values()[number - 1];
            }
        }
        return UPRIGHT;
    }

    /// The size of a picture once it is turned.
    ImageSize apply(ImageSize stored) {
        return swapsSides() ? new ImageSize(/* width= */ stored.height(), /* height= */ stored.width()) : stored;
    }

    /// Where the pixel in column `x` and row `y` of the turned picture is stored.
    int source(ImageSize stored, int x, int y) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        int column = switch (this) {
            case UPRIGHT, MIRRORED_UPSIDE_DOWN -> x;
            case MIRRORED, UPSIDE_DOWN -> right - x;
            case TRANSPOSED, QUARTER_TURN_CLOCKWISE -> y;
            case TRANSPOSED_UPSIDE_DOWN, QUARTER_TURN_COUNTERCLOCKWISE -> right - y;
        };
        int row = switch (this) {
            case UPRIGHT, MIRRORED -> y;
            case UPSIDE_DOWN, MIRRORED_UPSIDE_DOWN -> bottom - y;
            case TRANSPOSED, QUARTER_TURN_COUNTERCLOCKWISE -> x;
            case QUARTER_TURN_CLOCKWISE, TRANSPOSED_UPSIDE_DOWN -> bottom - x;
        };
        return row * stored.width() + column;
    }

    private boolean swapsSides() {
        return compareTo(TRANSPOSED) >= 0;
    }
}
