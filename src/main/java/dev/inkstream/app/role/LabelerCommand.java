package dev.inkstream.app.role;

import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.labeler.LabelerSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs one labeler instance until it is stopped.
@Command(
        name = "labeler",
        description = "Join labels that arrive without pixels with their images, for the trainer.",
        footer = {"", "Needed only if labels arrive by image id, on the labels topic. More instances share the work."})
public final class LabelerCommand implements Callable<Integer> {
    private static final int MAX_PARTITIONS = 1_000;

    private static final RoleLauncher.Usual USUAL = new RoleLauncher.Usual(9404, Optional.empty());

    private final RoleLauncher role;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private LabelWindowOption labelWindow = new LabelWindowOption();

    @Option(
            names = "--label-memory",
            paramLabel = "MB",
            defaultValue = "256",
            description = "Memory bound of the join, over all instances; at least 2 per partition. Above it the"
                    + " oldest images and labels are evicted (default: ${DEFAULT-VALUE}).")
    private long megabytes = 256;

    @Option(
            names = "--label-partitions",
            paramLabel = "N",
            defaultValue = "8",
            description = "Partitions of the internal topic: upper limit of threads over all instances; fixed after"
                    + " the first start (default: ${DEFAULT-VALUE}).")
    private int partitions = 8;

    public LabelerCommand(StopSignal stop) {
        role = new RoleLauncher(stop);
    }

    @Override
    public Integer call() throws InterruptedException {
        new OptionRange("--label-memory", 1, 1_000_000).check(megabytes);
        new OptionRange("--label-partitions", 1, MAX_PARTITIONS).check(partitions);
        LabelerSettings settings = settings();
        int number = threads.threads();
        role.run(options, USUAL, (roles, instanceId) -> roles.labeler(settings, number, instanceId));
        return CommandLine.ExitCode.OK;
    }

    private LabelerSettings settings() {
        try {
            return new LabelerSettings(options.topics(), labelWindow.window(), megabytes * 1_000_000, partitions);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
