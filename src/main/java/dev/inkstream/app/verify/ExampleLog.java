package dev.inkstream.app.verify;

import dev.inkstream.trainer.LabeledExamples;

/// The labeled images that a model was trained on, as the topic has them now.
public interface ExampleLog {
    /// The topic's name.
    String topic();

    /// Offset of the first record that retention has left.
    long first();

    /// Offset after the last committed record.
    long end();

    /// Hands over the examples from offset `from` up to, not including, `to`, in order.
    void read(long from, long to, LabeledExamples.Sink sink);
}
