package dev.inkstream.app.faults.agent;

/// A defect that a process can be started with. The checks must notice each.
public enum Mutant {
    /// The role runs with `at_least_once`.
    AT_LEAST_ONCE("at-least-once instead of exactly-once"),
    /// A cached store writes its state in `commit()`, which Kafka Streams calls after the transaction, and not before.
    WRITTEN_IN_COMMIT("state written in a store's `commit()`"),
    /// The trainer does not train the examples since its checkpoint again.
    GAP_NOT_TRAINED("the open mini-batch not restored");

    private final String words;

    Mutant(String words) {
        this.words = words;
    }

    /// What is wrong, for a person.
    public String words() {
        return words;
    }
}
