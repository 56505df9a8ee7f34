package dev.inkstream.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionTextTest {
    @Test
    void showsAllThatFits() {
        assertThat(new ConfusionText(List.of("a", "b"), (label, prediction) -> 1000L * label + prediction).of(40))
                .isEqualTo("""
                        label \\ prediction     a     b
                                         a     .     1
                                         b  1000  1001
                        """);
    }

    @Test
    void narrowsWhatAlmostFits() {
        assertThat(letters(10).of(60)).startsWith("""
                label by row, prediction by column:
                   A  B  C  D  E  F  G  H  I  J
                A 50  1  1  1  1  1  1  1  1  1
                """);
    }

    @Test
    void tenClassesFitEightyColumns() {
        assertThat(letters(10).of(80).lines()).hasSize(11).allMatch(line -> line.length() < 80);
    }

    @Test
    void showsTheMostFrequentConfusionsOfManyClasses() {
        ConfusionText.Counts counts = (label, prediction) -> label == prediction
                ? 700
                : label == 8 && prediction == 11 ? 113 : label == 6 && prediction == 16 ? 41 : 0;

        String text = new ConfusionText(letters(26).names(), counts).of(80);

        assertThat(text).isEqualTo("""
                most frequent confusions, 26 classes:
                LABEL  PREDICTION  IMAGES  OF LABEL
                I      L              113    13.9 %
                G      Q               41     5.5 %
                """);
        assertThat(new ConfusionText(letters(26).names(), (a, b) -> a == b ? 1 : 0).of(50))
                .isEqualTo("no confusions in 26 classes\n");
    }

    @Test
    void neverWraps() {
        for (int classes : new int[] {2, 10, 26, 47, 62, 500}) {
            for (int width : new int[] {40, 80, 100, 200}) {
                assertThat(letters(classes).of(width).lines()).allMatch(line -> line.length() <= width);
            }
        }
    }

    @Test
    void shortensLongNames() {
        List<String> names =
                IntStream.range(0, 30).mapToObj(i -> i + "x".repeat(60)).toList();

        assertThat(new ConfusionText(names, (label, prediction) -> 1).of(80).lines())
                .allMatch(line -> line.length() <= 80);
    }

    private static ConfusionText letters(int classes) {
        return new ConfusionText(
                IntStream.range(0, classes)
                        .mapToObj(i -> i < 26 ? Character.toString('A' + i) : Integer.toString(i))
                        .toList(),
                (label, prediction) -> label == prediction ? 50 : 1);
    }
}
