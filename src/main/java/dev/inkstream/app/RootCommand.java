package dev.inkstream.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `inkstream` itself: what all commands have in common. It does nothing without one of them.
@Command(
        name = RootCommand.NAME,
        description = "Classifies images as they arrive on Kafka, and keeps learning from their labels.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = ProgramVersion.class,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:success", "1:failure, reported in one sentence on stderr", "2:wrong command line"},
        footer = {"", "'inkstream COMMAND --help' explains a command."})
final class RootCommand {
    static final String NAME = "inkstream";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain the command and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-X", "--stacktrace"},
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of a failure, as INKSTREAM_DEBUG=1 does.")
    private boolean stackTrace;

    boolean stackTrace() {
        return stackTrace;
    }
}
