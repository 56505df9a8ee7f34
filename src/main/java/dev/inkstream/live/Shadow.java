package dev.inkstream.live;

import dev.inkstream.record.StateReader;
import dev.inkstream.record.StateWriter;

/// What the shadow says of an image, beside the version that serves. Immutable.
///
/// @param version [#NO_VERSION] if none ran
/// @param label the class predicted
record Shadow(long version, int label) {
    static final long NO_VERSION = -1;

    /// No version ran beside the one that served.
    static final Shadow NONE = new Shadow(NO_VERSION, 0);

    boolean isPresent() {
        return version != NO_VERSION;
    }

    void write(StateWriter out) {
        out.number(version).number(label);
    }

    static Shadow read(StateReader in) {
        long version = in.number();
        int label = in.smallNumber();
        return version == NO_VERSION ? NONE : new Shadow(version, label);
    }
}
