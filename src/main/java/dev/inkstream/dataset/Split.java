package dev.inkstream.dataset;

/// How a [Dataset]'s training images are divided.
public enum Split {
    /// All of them train: MNIST's 60,000.
    FULL,

    /// The last sixth is set aside for validation: MNIST's images 0 to 49,999 train, 50,000 to 59,999 validate.
    /// This is the division the textbook network's published figures rest on.
    CLASSIC
}
