package dev.inkstream.dataset;

import java.util.Arrays;

/// A decoded picture: grey levels and opacity. Immutable: it owns its arrays, which nobody changes any more.
///
/// @param grey unsigned bytes, row by row from the top left: 0 black, 255 white
/// @param alpha unsigned bytes in the same order: 0 transparent, 255 opaque
record Picture(ImageSize size, byte[] grey, byte[] alpha) {
    private static final int MAX_LEVEL = 255;

    /// A grey picture without transparency.
    static Picture opaque(ImageSize size, byte[] grey) {
        byte[] alpha = new byte[grey.length];
        Arrays.fill(alpha, (byte) MAX_LEVEL);
        return new Picture(size, grey, alpha);
    }

    /// The ink of each pixel, 0 where the picture is transparent: transparent pixels are background, whatever the ink.
    ///
    /// @param darkInk whether black is full ink, or else white
    byte[] ink(boolean darkInk) {
        byte[] ink = new byte[grey.length];
        for (int i = 0; i < ink.length; i++) {
            int level = Byte.toUnsignedInt(grey[i]);
            int full = darkInk ? MAX_LEVEL - level : level;
            ink[i] = (byte) ((full * Byte.toUnsignedInt(alpha[i]) + MAX_LEVEL / 2) / MAX_LEVEL);
        }
        return ink;
    }

    /// The picture as it is to be seen.
    Picture turned(Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return this;
        }
        ImageSize turned = orientation.apply(size);
        byte[] turnedGrey = new byte[grey.length];
        byte[] turnedAlpha = new byte[alpha.length];
        for (int i = 0; i < turnedGrey.length; i++) {
            int source = orientation.source(size, i % turned.width(), i / turned.width());
            turnedGrey[i] = grey[source];
            turnedAlpha[i] = alpha[source];
        }
        return new Picture(turned, turnedGrey, turnedAlpha);
    }
}
