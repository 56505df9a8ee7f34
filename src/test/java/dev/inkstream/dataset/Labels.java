package dev.inkstream.dataset;

/// Counts labels.
final class Labels {
    private Labels() {}

    /// How many images each class has.
    static int[] histogram(Images images) {
        int[] histogram = new int[images.classes()];
        for (int i = 0; i < images.size(); i++) {
            histogram[images.label(i)]++;
        }
        return histogram;
    }
}
