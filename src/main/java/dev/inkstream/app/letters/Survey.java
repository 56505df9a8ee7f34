package dev.inkstream.app.letters;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// What lies on `dead-letters`: counts by topic, application and reason, and the newest ones. Bounded: anybody may have
/// written the names. Not thread-safe.
final class Survey {
    /// The most groups; what is left is counted as one.
    static final int MAX_GROUPS = 200;

    static final String OTHERS = "(others)";

    private final Map<Group, Count> groups = new TreeMap<>(
            Comparator.comparing(Group::topic).thenComparing(Group::application).thenComparing(Group::reason));
    private final Deque<Found> newest = new ArrayDeque<>();
    private final int limit;

    /// What dead letters are counted by.
    record Group(String topic, String application, String reason) {}

    /// One dead letter.
    record Found(DeadLetter letter, Verdict verdict) {}

    /// The dead letters of a group. Not thread-safe.
    static final class Count {
        private long letters;
        private long usable;
        private long returned;
        private String newest = "";

        private void add(DeadLetter letter, Verdict verdict) {
            letters++;
            usable += verdict instanceof Verdict.Usable ? 1 : 0;
            returned += verdict instanceof Verdict.Returned ? 1 : 0;
            newest = letter.rejection().at();
        }

        long letters() {
            return letters;
        }

        /// Those whose record the application would accept now.
        long usable() {
            return usable;
        }

        /// Those whose record has returned.
        long returned() {
            return returned;
        }

        /// When the last one was rejected.
        String newest() {
            return newest;
        }
    }

    /// @param limit how many of the newest are kept
    Survey(int limit) {
        this.limit = limit;
    }

    void add(DeadLetter letter, Verdict verdict) {
        Group group = new Group(
                letter.origin().topic(),
                letter.rejection().application(),
                letter.rejection().reason());
        if (!groups.containsKey(group) && groups.size() >= MAX_GROUPS) {
            group = new Group(OTHERS, OTHERS, OTHERS);
        }
        groups.computeIfAbsent(group, missing -> new Count()).add(letter, verdict);
        newest.addLast(new Found(letter, verdict));
        if (newest.size() > limit) {
            newest.removeFirst();
        }
    }

    Map<Group, Count> groups() {
        return groups;
    }

    /// The newest ones, the oldest of these first.
    Iterable<Found> newest() {
        return newest;
    }
}
