package dev.inkstream.app.role;

import dev.inkstream.stream.guard.OffsetSource;
import picocli.CommandLine.Option;

/// Where a role resumes after an operator has reset its group.
final class ResumeOptions {
    @Option(
            names = "--accept-offsets",
            description = "Resume at the group's committed offsets even if a committed transaction went further, as"
                    + " after kafka-consumer-groups --reset-offsets; for one start.")
    private boolean acceptOffsets;

    OffsetSource source() {
        return acceptOffsets ? OffsetSource.GROUP : OffsetSource.GUARD;
    }
}
