package dev.inkstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {
    @TempDir
    private Path directory;

    @Test
    void drawsLabelsUnderImages() throws Exception {
        CommandRun run = show("--offset", "3", "--rows", "1", "--columns", "3");

        assertThat(run.status()).isZero();
        assertThat(run.out().strip().split(" +")).containsExactly("3", "4", "5");
    }

    @Test
    void aGridMayBeLargerThanTheSet() throws Exception {
        CommandRun run = show("--from", "holdout", "--columns", "6", "--seed", "1");

        assertThat(run.out().strip().split("\\s+"))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1");
    }

    @Test
    void writesAPicture() throws Exception {
        Path file = directory.resolve("grid.png");

        CommandRun run = show("--png", file.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(4 * 28 * 4);
    }

    @Test
    void whatCannotBeDoneIsOneSentence() throws Exception {
        assertFailure(show("--offset", "30"), 2, "--offset is 30; it must be 0 to 29");
        assertFailure(show("--rows", "0"), 2, "--rows is 0; it must be 1 to 100");
        Path nowhere = directory.resolve("none").resolve("grid.png");
        CommandRun unwritable = show("--png", nowhere.toString());
        assertThat(unwritable.status()).isEqualTo(1);
        assertThat(unwritable.err())
                .isEqualToIgnoringNewLines(
                        "inkstream: " + nowhere + " cannot be written (its directory does not exist)");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        CommandRun noData = CommandRun.start("show", "--dataset", empty.toString());
        assertThat(noData.status()).isEqualTo(1);
        assertThat(noData.err())
                .isEqualTo("inkstream: " + empty + " has no data set; it must have MNIST's four IDX files, like"
                        + " train-images-idx3-ubyte.gz, or pictures like training/0/one.png and holdout/0/two.png\n");
    }

    @Test
    void aPathThatJavaCannotTakeIsOneSentence() throws Exception {
        CommandRun run = CommandRun.start("show", "--dataset", "a\0b");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("inkstream: --dataset is 'a\ufffdb'; it must be a path that this locale can show"
                        + " (LC_ALL=C.UTF-8 shows every path)\n");
    }

    private static void assertFailure(CommandRun run, int status, String sentence) {
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.err()).isEqualTo("inkstream: " + sentence + "\n");
    }

    private CommandRun show(String... options) throws Exception {
        String[] args = new String[options.length + 3];
        args[0] = "show";
        args[1] = "--dataset";
        args[2] = TinyDataset.in(directory);
        System.arraycopy(options, 0, args, 3, options.length);
        CommandRun run = CommandRun.start(args);
        var _ = run.status();
        return run;
    }
}
