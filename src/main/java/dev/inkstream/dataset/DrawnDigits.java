package dev.inkstream.dataset;

import java.util.stream.IntStream;

/// Digits drawn by procedure: pen strokes, jittered, bent, slanted, inked and centred as MNIST's are. They stand in
/// for MNIST without a network, and never run out.
///
/// An image is a function of its seed and its number alone, the same bytes on every machine; each block of ten
/// consecutive images shows each digit once.
public final class DrawnDigits {
    /// The default number of training images.
    public static final int TRAINING_SIZE = 60_000;

    /// The default number of holdout images.
    public static final int HOLDOUT_SIZE = 10_000;

    private static final int CLASSES = 10;
    /// Numbers from here on are holdout images: no training set is that large.
    private static final long HOLDOUT_START = 1L << 40;
    private static final long LABEL_SEED = 0x6C6162656CL;

    private DrawnDigits() {}

    /// A dataset of MNIST's size and shape, its training and holdout images drawn alike but from numbers apart.
    public static Dataset dataset(long seed) {
        return dataset(seed, TRAINING_SIZE, HOLDOUT_SIZE);
    }

    /// As [#dataset(long)], of other sizes.
    ///
    /// @throws IllegalArgumentException if a size is negative or beyond 1,000,000
    public static Dataset dataset(long seed, int trainingSize, int holdoutSize) {
        return new Dataset("drawn-digits", images(seed, 0, trainingSize), images(seed, HOLDOUT_START, holdoutSize));
    }

    /// The images numbered `first` to `first + size - 1`; drawn on all processors, in no particular order.
    ///
    /// @param first 0 or more
    /// @param size 0 to 1,000,000
    /// @throws IllegalArgumentException if `first` or `size` is out of range
    public static Images images(long seed, long first, int size) {
        if (first < 0) {
            throw new IllegalArgumentException("first is " + first + "; it must be 0 or more");
        }
        if (size < 0 || size > ReadLimit.MAX_IMAGES) {
            throw new IllegalArgumentException("size is " + size + "; it must be 0 to " + ReadLimit.MAX_IMAGES);
        }
        int length = ImageSize.MNIST.pixels();
        byte[] pixels = new byte[size * length];
        int[] labels = new int[size];
        IntStream.range(0, size).parallel().forEach(i -> {
            labels[i] = label(seed, first + i);
            new Handwriting(SplitMix64.of(seed, first + i)).draw(labels[i], pixels, i * length);
        });
        return Images.owning(pixels, labels, ImageSize.MNIST, Classes.numbered(CLASSES));
    }

    /// Which digit an image shows: its place in the order its block of ten is shuffled into.
    private static int label(long seed, long number) {
        int[] digits = IntStream.range(0, CLASSES).toArray();
        SplitMix64.of(seed ^ LABEL_SEED, number / CLASSES).shuffle(digits);
        return digits[(int) (number % CLASSES)];
    }
}
