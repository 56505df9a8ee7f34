package dev.inkstream.app.picture;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.app.feed.ImageSet;
import dev.inkstream.app.feed.SetOption;
import dev.inkstream.dataset.Images;
import dev.inkstream.dataset.Shuffle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Draws images of a dataset with their labels.
@Command(name = "show", description = "Draw images of a dataset with their labels, in the terminal or as a PNG file.")
public final class ShowCommand implements Callable<Integer> {
    private static final int MAX_SIDE = 100;

    private final Terminal terminal;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private SetOption from = new SetOption();

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Index of the first image, from 0 (default: ${DEFAULT-VALUE}).")
    private int offset;

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed to shuffle the set with (default: no shuffle).")
    private @Nullable Long seed;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "4",
            description = "Rows of the grid (default: ${DEFAULT-VALUE}).")
    private int rows = 4;

    @Option(
            names = "--columns",
            paramLabel = "N",
            defaultValue = "4",
            description = "Columns of the grid (default: ${DEFAULT-VALUE}).")
    private int columns = 4;

    @Option(names = "--png", paramLabel = "FILE", description = "Write a PNG file instead.")
    private @Nullable Path png;

    public ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        new OptionRange("--rows", 1, MAX_SIDE).check(rows);
        new OptionRange("--columns", 1, MAX_SIDE).check(columns);
        ImageGrid grid = grid(from.or(ImageSet.TRAINING).of(dataset.look(terminal)));
        if (png == null) {
            Shades shades = Shades.of(terminal.env(), terminal.screen().color());
            terminal.out().print(grid.terminal(shades, terminal.screen().width()));
        } else {
            PictureFile.write(png, grid);
        }
        return CommandLine.ExitCode.OK;
    }

    private ImageGrid grid(Images set) {
        new OptionRange("--offset", 0, set.size() - 1).check(offset);
        int[] order = seed == null ? IntStream.range(0, set.size()).toArray() : Shuffle.order(set.size(), seed, 0);
        return new ImageGrid(
                IntStream.of(order)
                        .skip(offset)
                        .limit((long) rows * columns)
                        .mapToObj(i -> Tile.of(set, i))
                        .toList(),
                columns);
    }
}
