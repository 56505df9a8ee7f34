package dev.inkstream.dataset;

import dev.inkstream.record.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The classes that labels stand for, and what people call them. Immutable.
///
/// @param names one for each label from 0 on, without control characters; a number's name is the number
public record Classes(List<String> names) {
    private static final char REPLACEMENT = '\ufffd';

    /// How many names a line has room for.
    private static final int LISTED = 62;

    public Classes {
        if (names.isEmpty() || names.size() > Label.MAX_CLASSES) {
            throw new IllegalArgumentException("classes is " + names.size() + "; it must be 1 to " + Label.MAX_CLASSES);
        }
        names = names.stream().map(Classes::printable).toList();
    }

    /// Classes that have numbers only.
    ///
    /// @param count 1 to [Label#MAX_CLASSES]
    public static Classes numbered(int count) {
        return new Classes(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    /// Classes named by one character each.
    static Classes ofCharacters(String characters) {
        return new Classes(characters.chars().mapToObj(Character::toString).toList());
    }

    /// How many there are.
    public int count() {
        return names.size();
    }

    /// What people call the class of a label.
    ///
    /// @param label 0 to `count() - 1`
    public String name(int label) {
        return names.get(label);
    }

    /// Which label each name has, such as `0 = A, 1 = B`.
    String mapping() {
        List<String> parts = new ArrayList<>();
        for (int label = 0; label < Math.min(count(), LISTED); label++) {
            parts.add(label + " = " + name(label));
        }
        if (count() > LISTED) {
            parts.add("..., " + (count() - 1) + " = " + names.getLast());
        }
        return String.join(", ", parts);
    }

    /// Names come from files: they must not steer the terminal.
    private static String printable(String name) {
        StringBuilder printable = new StringBuilder(name);
        for (int i = 0; i < printable.length(); i++) {
            if (Character.isISOControl(printable.charAt(i))) {
                printable.setCharAt(i, REPLACEMENT);
            }
        }
        return printable.toString();
    }
}
