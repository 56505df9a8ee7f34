package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Terminal;

/// Prints what is measured, on what, and the result.
///
/// @param json whether the result is for programs
/// @param machine that it ran on
/// @param settings that it ran with
record BenchConsole(Terminal terminal, boolean json, Machine machine, ObjectNode settings) {
    BenchConsole(Terminal terminal, boolean json, ObjectNode settings) {
        this(terminal, json, Machine.ofThisProcess(), settings);
    }

    /// Prints machine, images and network.
    void begin(BenchInput input) {
        say(machine.line());
        say("%s, network %s"
                .formatted(input.data().description(), input.training().describe()));
    }

    /// Prints a line that is no result.
    void say(String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }

    /// Prints the result.
    ///
    /// @param text lines, each with its line feed
    /// @param result as JSON, to which machine and settings are added
    void end(String text, ObjectNode result) {
        if (json) {
            ObjectNode document = Json.object();
            document.set("machine", machine.json());
            document.set("settings", settings);
            document.setAll(result);
            terminal.out().println(Json.document(BenchSettings.finite(document)));
        } else {
            terminal.out().print(text);
        }
        terminal.out().flush();
    }
}
