package dev.inkstream.app.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Result of one check of the log: how much was compared, and what differs. Immutable.
///
/// @param what is checked, as a sentence of the report
/// @param compared how many records or numbers
/// @param differences the first few, or none
record Finding(String what, long compared, List<String> differences) {
    private static final int MOST = 10;

    Finding {
        differences = differences.stream().limit(MOST).toList();
    }

    boolean isDifferent() {
        return !differences.isEmpty();
    }

    /// Whether each of the expected is there once, and nothing else is.
    static Finding sameSet(String what, List<String> actual, List<String> expected) {
        Map<String, Integer> left = new HashMap<>();
        expected.forEach(each -> left.merge(each, 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        for (String each : actual) {
            Integer before = left.get(each);
            if (before == null) {
                differences.add("not expected: " + each);
            } else if (before == 0) {
                differences.add("repeated: " + each);
            } else {
                left.put(each, before - 1);
            }
        }
        left.forEach((each, count) -> {
            if (count > 0) {
                differences.add("lost: " + each);
            }
        });
        return new Finding(what, expected.size(), differences);
    }

    /// Whether two lists are the same.
    static Finding sameList(String what, List<?> actual, List<?> expected) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
            Object here = i < actual.size() ? actual.get(i) : "nothing";
            Object there = i < expected.size() ? expected.get(i) : "nothing";
            if (!here.equals(there)) {
                differences.add("number " + i + ": " + here + "; expected: " + there);
            }
        }
        return new Finding(what, expected.size(), differences);
    }

    @Override
    public String toString() {
        return what + ": " + (isDifferent() ? String.join("; ", differences) : "no difference in " + compared);
    }
}
