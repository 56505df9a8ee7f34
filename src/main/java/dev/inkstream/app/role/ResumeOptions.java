package dev.inkstream.app.role;

import dev.inkstream.stream.guard.OffsetSource;
import picocli.CommandLine.Option;

/// Where a role resumes after an operator has reset its group.
final class ResumeOptions {
    @Option(
            names = "--accept-offsets",
            description = "For one start: resume at the group's committed offsets even if a committed transaction"
                    + " reached later ones, as after kafka-consumer-groups --reset-offsets.")
    private boolean acceptOffsets;

    OffsetSource source() {
        return acceptOffsets ? OffsetSource.GROUP : OffsetSource.GUARD;
    }
}
