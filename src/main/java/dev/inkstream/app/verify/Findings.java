package dev.inkstream.app.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a verification has found so far. It counts all and keeps the first of them, and of the differences the first
/// alone, since what follows from it says nothing. Not thread-safe.
final class Findings {
    /// How many are kept and printed.
    static final int LIMIT = 20;

    private final Consumer<Finding> printer;
    private final List<Finding> kept = new ArrayList<>();
    private long verified;
    private long different;
    private long faults;
    private long leftOut;

    /// @param printer takes each that is kept, at once
    Findings(Consumer<Finding> printer) {
        this.printer = printer;
    }

    /// A version is what the log gives.
    void verified() {
        verified++;
    }

    void add(Finding finding) {
        if (finding.isFault()) {
            faults++;
        }
        if (finding.kind() == Finding.Kind.DIFFERENT && different++ > 0) {
            return;
        }
        if (kept.size() == LIMIT) {
            leftOut++;
            return;
        }
        kept.add(finding);
        printer.accept(finding);
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }

    /// Versions that are what the log gives.
    long verifiedVersions() {
        return verified;
    }

    /// Versions that are something else.
    long differentVersions() {
        return different;
    }

    /// Findings beyond those kept.
    long leftOut() {
        return leftOut;
    }

    boolean isClean() {
        return faults == 0;
    }
}
