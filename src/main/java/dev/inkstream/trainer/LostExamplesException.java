package dev.inkstream.trainer;

/// Examples between the checkpoint and the committed position are no longer on the topic: training cannot continue
/// to the bits it would have had.
public final class LostExamplesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostExamplesException(String topic, long from, long firstLeft) {
        super("offsets " + from + " to " + (firstLeft - 1) + " of " + topic + " are gone, but training from the last"
                + " checkpoint needs them; raise the topic's retention, and start a new model with --model NAME");
    }
}
