package dev.inkstream.dataset;

import java.nio.file.Path;
import java.util.Locale;

/// Bounds the memory that images are read into. Immutable.
///
/// @param bytes the most bytes of pixels that one set of images may have, and one picture may take while it is decoded
record ReadLimit(long bytes) {
    /// The most images that one set may have.
    static final int MAX_IMAGES = 1_000_000;

    /// The most bytes of pixels that one set may have, however large the heap is: an array holds two gigabytes.
    private static final long MAX_BYTES = 1L << 30;

    /// Two sets must fit, and leave room for what works with them.
    private static final int HEAP_SHARE = 3;

    ReadLimit {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes is " + bytes + "; it must be 1 to " + MAX_BYTES);
        }
    }

    /// A third of the heap, and no more than a gigabyte.
    ///
    /// @param heapBytes the largest size of the heap
    static ReadLimit ofHeap(long heapBytes) {
        return new ReadLimit(Math.clamp(heapBytes / HEAP_SHARE, 1, MAX_BYTES));
    }

    /// @param set the file or directory
    /// @throws DatasetException if a set of so many images does not fit
    void checkSet(Path set, long images, long imageBytes) {
        if (images > MAX_IMAGES) {
            throw new DatasetException(String.format(
                    Locale.ROOT, "%s has %,d items; it must have at most %,d. Split it.", set, images, MAX_IMAGES));
        }
        long needed = images * imageBytes;
        if (needed > bytes) {
            throw new DatasetException(String.format(
                    Locale.ROOT,
                    "%s has %,d items of %,d bytes, which are %,d bytes; it must have at most %,d. %s",
                    set,
                    images,
                    imageBytes,
                    needed,
                    bytes,
                    todo("Split it")));
        }
    }

    /// @throws DatasetException if a picture that takes so many bytes does not fit
    void checkPicture(Path file, long decoded) {
        if (decoded > bytes) {
            throw new DatasetException(String.format(
                    Locale.ROOT,
                    "%s takes %,d bytes when it is decoded; it must take at most %,d. %s",
                    file,
                    decoded,
                    bytes,
                    todo("Scale it down")));
        }
    }

    /// A larger heap helps unless the limit is that of an array.
    private String todo(String smaller) {
        return bytes < MAX_BYTES
                ? smaller + ", or give Java a heap of more than three times as much, like INKSTREAM_JAVA_OPTS=-Xmx4g."
                : smaller + ".";
    }
}
