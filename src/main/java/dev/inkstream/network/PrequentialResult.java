package dev.inkstream.network;

/// What the learner made of an example before learning from it, with the weights before this mini-batch.
///
/// @param predicted the label of the highest score
/// @param loss the loss of the true label
public record PrequentialResult(int predicted, float loss) {
    /// Whether the loss is finite. An example with another loss is not learned from.
    public boolean isFinite() {
        return Float.isFinite(loss);
    }
}
