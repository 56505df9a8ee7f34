package dev.inkstream.stream.intake;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a consumer has returned of one partition and Kafka Streams has not processed: the polls, each with the offset
/// of its last record. Thread-safe.
final class Backlog {
    private final Deque<Poll> polls = new ArrayDeque<>();
    private long bytes;

    /// @param lastOffset of its records
    private record Poll(long lastOffset, long bytes) {}

    synchronized void returned(long lastOffset, long more) {
        polls.addLast(new Poll(lastOffset, more));
        bytes += more;
    }

    /// The records up to an offset, that one among them, are processed, or about to be. A poll counts until its last
    /// record is.
    synchronized void processed(long offset) {
        while (!polls.isEmpty() && polls.getFirst().lastOffset() <= offset) {
            bytes -= polls.removeFirst().bytes();
        }
    }

    /// Memory that the records of the polls take.
    synchronized long bytes() {
        return bytes;
    }
}
