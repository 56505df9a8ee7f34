package dev.inkstream.bench;

import java.util.Locale;

/// What is done with an image.
enum Task {
    CLASSIFY,
    TRAIN;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
