package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;

/// MNIST itself, for tests that mean nothing without it.
public final class RealDigits {
    private RealDigits() {}

    /// The dataset in the directory `INKSTREAM_DATA` names. Where it names none the test is aborted and says so; in
    /// continuous integration (`CI=true`) it fails, for nobody would read that it did not run.
    public static Dataset read() {
        String directory = System.getenv().getOrDefault(DatasetSource.DATA_VARIABLE, "");
        if (directory.isEmpty()) {
            String notice = "did not run on MNIST: " + DatasetSource.DATA_VARIABLE + " names no directory with it";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                fail(notice);
            }
            System.out.println(notice);
            abort(notice);
        }
        return IdxFiles.read(Path.of(directory), Readings.quiet());
    }
}
