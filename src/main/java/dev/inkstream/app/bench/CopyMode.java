package dev.inkstream.app.bench;

/// How much of a role's work a copy does.
enum CopyMode {
    /// Forwards the bytes of images to the topic of the predictions.
    PASS_THROUGH,
    /// Decodes images, and encodes them again to the topic of the predictions.
    COPY,
    /// Decodes labeled images, and writes nothing.
    DECODE;

    /// As it is written on a command line.
    @Override
    public String toString() {
        return Workload.written(this);
    }
}
