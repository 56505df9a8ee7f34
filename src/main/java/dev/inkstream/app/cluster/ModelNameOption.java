package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// Which model is meant: several models can share the topics.
public final class ModelNameOption {
    /// The default name of the model.
    public static final String DEFAULT_MODEL = "digits";

    // It becomes part of application ids, and so of topic names.
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-]{1,60}");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = DEFAULT_MODEL,
            description = "The model's name (default: ${DEFAULT-VALUE}).")
    private String model = DEFAULT_MODEL;

    /// The model's name, fit for a topic name.
    ///
    /// @throws UsageException when it is not
    public String model() {
        return check(model);
    }

    /// A name that was given with `--model`.
    ///
    /// @throws UsageException when it is not fit for a topic name
    public static String check(String name) {
        return check("--model", name);
    }

    /// A name that was given with an option.
    ///
    /// @throws UsageException when it is not fit for a topic name
    public static String check(String option, String name) {
        if (!isName(name)) {
            throw UsageException.of(option, name, "1 to 60 letters, digits or dashes");
        }
        return name;
    }

    /// Whether a model can have a name.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
