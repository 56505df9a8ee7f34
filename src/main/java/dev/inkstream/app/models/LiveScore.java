package dev.inkstream.app.models;

import dev.inkstream.record.LiveEvaluation;

/// How a version did on the served predictions whose labels have come. Immutable.
///
/// @param examples predictions with a label, over all windows
record LiveScore(long examples, long correct) {
    static LiveScore of(LiveEvaluation window) {
        return new LiveScore(window.confusion().examples(), window.confusion().correct());
    }

    LiveScore plus(LiveScore more) {
        return new LiveScore(examples + more.examples, correct + more.correct);
    }

    /// Share classified correctly, 0 to 1; NaN without examples.
    double accuracy() {
        return (double) correct / examples;
    }
}
