package dev.inkstream.app.console;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A confusion matrix for a terminal: all of it if it fits, otherwise the most frequent confusions.
///
/// @param names what each class is called, label by label
/// @param counts how often each label was predicted to be each class
public record ConfusionText(List<String> names, Counts counts) {
    private static final String CORNER = "label \\ prediction";
    private static final int ROOMY_CELL = 6;
    private static final int MOST_FREQUENT = 10;

    /// Columns that counts, shares and gaps take beside the names.
    private static final int NUMBERS = 25;

    /// The entries of the matrix.
    @FunctionalInterface
    public interface Counts {
        long of(int label, int prediction);
    }

    private record Confusion(int label, int prediction, long count) {}

    /// Lines, each ended by a line feed.
    ///
    /// @param width columns of the terminal
    public String of(int width) {
        int cell = Math.max(longestName(), Text.count(largest()).length()) + 1;
        int roomy = Math.max(ROOMY_CELL, cell);
        if (CORNER.length() + names.size() * roomy < width) {
            return matrix(CORNER, roomy);
        }
        if (longestName() + names.size() * cell < width) {
            return "label by row, prediction by column:\n" + matrix(" ".repeat(longestName()), cell);
        }
        return mostFrequent(width);
    }

    private int longestName() {
        return names.stream().mapToInt(String::length).max().orElseThrow();
    }

    private long largest() {
        return IntStream.range(0, names.size())
                .mapToLong(label -> IntStream.range(0, names.size())
                        .mapToLong(prediction -> counts.of(label, prediction))
                        .max()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }

    /// Zeros would hide what was mistaken for what, so they are dots.
    private String matrix(String corner, int cell) {
        StringBuilder text = new StringBuilder(corner);
        names.forEach(name -> text.append(right(name, cell)));
        text.append('\n');
        for (int label = 0; label < names.size(); label++) {
            text.append(right(names.get(label), corner.length()));
            for (int prediction = 0; prediction < names.size(); prediction++) {
                long count = counts.of(label, prediction);
                text.append(right(count == 0 ? "." : Long.toString(count), cell));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private String mostFrequent(int width) {
        List<Confusion> confusions = IntStream.range(0, names.size())
                .boxed()
                .flatMap(this::confusionsOf)
                .sorted(Comparator.comparingLong(Confusion::count).reversed())
                .limit(MOST_FREQUENT)
                .toList();
        if (confusions.isEmpty()) {
            return "no confusions in %s classes\n".formatted(Text.count(names.size()));
        }
        Table table = new Table(
                Table.Column.text("LABEL"),
                Table.Column.text("PREDICTION"),
                Table.Column.number("IMAGES"),
                Table.Column.number("OF LABEL"));
        for (Confusion each : confusions) {
            table.row(
                    shortened(names.get(each.label()), width),
                    shortened(names.get(each.prediction()), width),
                    Text.count(each.count()),
                    Text.percent((double) each.count() / total(each.label())));
        }
        return "most frequent confusions, %s classes:\n%s".formatted(Text.count(names.size()), table.text());
    }

    /// Two names share what the numbers leave of a line.
    private static String shortened(String name, int width) {
        int room = Math.max(1, (width - NUMBERS) / 2);
        return name.length() <= room ? name : name.substring(0, room);
    }

    private Stream<Confusion> confusionsOf(int label) {
        return IntStream.range(0, names.size())
                .filter(prediction -> prediction != label && counts.of(label, prediction) > 0)
                .mapToObj(prediction -> new Confusion(label, prediction, counts.of(label, prediction)));
    }

    private long total(int label) {
        return IntStream.range(0, names.size())
                .mapToLong(prediction -> counts.of(label, prediction))
                .sum();
    }
}
