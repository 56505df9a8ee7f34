package dev.inkstream.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options of a mixin, as they were given on the command line: a child gets them unchanged. Stateless.
final class GivenOptions {
    private GivenOptions() {}

    /// `--name=value` of each option of the mixin that was given.
    ///
    /// @param command that was parsed
    /// @param mixin name of the mixin's field
    static List<String> of(CommandSpec command, String mixin) {
        List<String> arguments = new ArrayList<>();
        for (OptionSpec option :
                Objects.requireNonNull(command.mixins().get(mixin), mixin).options()) {
            OptionSpec given = command.commandLine().getParseResult().matchedOption(option.longestName());
            if (given != null) {
                given.originalStringValues().forEach(value -> arguments.add(given.longestName() + "=" + value));
            }
        }
        return arguments;
    }
}
