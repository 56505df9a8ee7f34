package dev.inkstream.app.role;

import dev.inkstream.app.console.UsageException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which instance of a role this process is.
final class InstanceOptions {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    @Option(
            names = "--instance-id",
            paramLabel = "NAME",
            description = "Name of a static group member (group.instance.id), unique among running instances. An"
                    + " instance that restarts under its name resumes within seconds.")
    private @Nullable String instanceId;

    /// @param usual the name where none is given; empty for a dynamic member
    Optional<String> instanceId(Optional<String> usual) {
        if (instanceId != null && !NAME.matcher(instanceId).matches()) {
            throw UsageException.of(
                    "--instance-id", instanceId, "1 to 100 letters, digits, dots, dashes or underscores");
        }
        return instanceId == null ? usual : Optional.of(instanceId);
    }
}
