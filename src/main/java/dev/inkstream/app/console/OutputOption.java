package dev.inkstream.app.console;

import picocli.CommandLine.Option;

/// Whether results are for people or for programs.
public final class OutputOption {
    /// What results are written as.
    public enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    public boolean json() {
        return format == Format.JSON;
    }
}
