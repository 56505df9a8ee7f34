package dev.inkstream.dataset;

/// A change of the world: what the same images look like, or are called, from some moment on.
public enum Drift {
    /// Every image is turned clockwise by 90 degrees; images must be as wide as high.
    ROTATE {
        @Override
        void change(byte[] pixels, int[] labels, ImageSize size, int classes) {
            if (size.width() != size.height()) {
                throw new IllegalArgumentException("images are " + size + "; to be rotated they must be square");
            }
            int side = size.width();
            byte[] image = new byte[size.pixels()];
            for (int from = 0; from < pixels.length; from += image.length) {
                System.arraycopy(pixels, from, image, 0, image.length);
                for (int row = 0; row < side; row++) {
                    for (int column = 0; column < side; column++) {
                        pixels[from + row * side + column] = image[(side - 1 - column) * side + row];
                    }
                }
            }
        }
    },

    /// Background becomes ink and ink background.
    INVERT {
        @Override
        void change(byte[] pixels, int[] labels, ImageSize size, int classes) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) ~pixels[i];
            }
        }
    },

    /// Every class is called by the name of the next, and the last by that of the first.
    PERMUTE_LABELS {
        @Override
        void change(byte[] pixels, int[] labels, ImageSize size, int classes) {
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (labels[i] + 1) % classes;
            }
        }
    };

    /// The images as they are after the change; those given stay as they are.
    ///
    /// @throws IllegalArgumentException if images of that size cannot change so
    public Images apply(Images images) {
        byte[] pixels = images.allPixels();
        int[] labels = images.allLabels();
        change(pixels, labels, images.imageSize(), images.classes());
        return Images.owning(pixels, labels, images.imageSize(), images.classNames());
    }

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// Changes the arrays, which are its own.
    abstract void change(byte[] pixels, int[] labels, ImageSize size, int classes);
}
