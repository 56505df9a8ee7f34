package dev.inkstream.stream;

/// What a join holds for one id: a record that waits for its partner, or the mark that nothing is awaited any more.
/// Immutable.
public interface Held {
    /// Begin of its window, in milliseconds: the entry expires when stream time is more than the window past it.
    long time();

    /// Whether it waits for a partner. What does not is evicted first.
    boolean waits();

    /// What the store keeps of it.
    byte[] toBytes();
}
