package dev.inkstream.app.bench;

import java.util.Locale;

/// What `bench pipeline` measures: roles, and topologies that do a part of their work.
enum Workload {
    /// Forwards the bytes of images.
    PASS_THROUGH,
    /// Decodes images and encodes them again.
    COPY,
    CLASSIFIER,
    /// A classifier's topology with ONNX Runtime in the place of the network: a program of the benchmarks.
    ONNX_RUNTIME,
    /// A classifier with a shadow.
    SHADOW,
    /// Decodes labeled images.
    DECODE,
    TRAINER,
    /// An evaluator that joins predictions with labels.
    LIVE_JOIN,
    LABELER;

    /// Whether it runs with as many stream threads as are asked for; the others read one partition with one thread.
    boolean hasThreads() {
        return this != TRAINER && this != DECODE;
    }

    /// As it is written on a command line.
    @Override
    public String toString() {
        return written(this);
    }

    /// `AT_LEAST_ONCE` as `at-least-once`.
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
