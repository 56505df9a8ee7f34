package dev.inkstream.dataset;

import java.util.Locale;

/// What is ink in a set of pictures. Networks take light ink on a dark ground, as in MNIST.
public enum Polarity {
    /// Decided for the whole set by what its pictures look like.
    AUTO,

    /// White is full ink: pictures are used as they are.
    LIGHT_ON_DARK,

    /// Black is full ink: pictures are inverted.
    DARK_ON_LIGHT;

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
