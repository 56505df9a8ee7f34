package dev.inkstream.app.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Deals faults in an order that follows from a seed: each kind once, then each again in another order; and for each
/// kind, its targets in turn. Not thread-safe.
final class Deck {
    private final List<Fault> kinds;
    private final Random random;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Map<Fault, Deque<Target>> targets = new EnumMap<>(Fault.class);

    /// @param seed of what else is drawn for this fault
    record Card(Fault fault, Target target, long seed) {
        @Override
        public String toString() {
            return target + ", " + fault.words();
        }
    }

    Deck(List<Fault> kinds, long seed) {
        this.kinds = kinds;
        random = new Random(seed);
    }

    Card next() {
        Fault fault = next(faults, kinds);
        Target target = next(targets.computeIfAbsent(fault, f -> new ArrayDeque<>()), fault.targets());
        return new Card(fault, target, random.nextLong());
    }

    private <T> T next(Deque<T> left, List<T> all) {
        if (left.isEmpty()) {
            List<T> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            left.addAll(shuffled);
        }
        return left.remove();
    }
}
