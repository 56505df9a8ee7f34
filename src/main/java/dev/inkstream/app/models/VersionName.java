package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as a person names it: `7`, `v7`, or an alias. Immutable.
///
/// @param what the argument, as the help calls it
/// @param text what was given
/// @param number empty for an alias
public record VersionName(String what, String text, OptionalLong number) {
    private static final Pattern NUMBER = Pattern.compile("v?(\\d{1,18})");
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{0,59}");

    /// @throws UsageException if it is neither
    public static VersionName of(String what, String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return new VersionName(what, text, OptionalLong.of(Long.parseLong(number.group(1))));
        }
        if (!ALIAS.matcher(text).matches()) {
            throw UsageException.of(what, text, "a version, like 7 or v7, or an alias");
        }
        return new VersionName(what, text, OptionalLong.empty());
    }

    /// A name that can be an alias.
    ///
    /// @throws UsageException if it cannot
    static String alias(String text) {
        if (!ALIAS.matcher(text).matches() || NUMBER.matcher(text).matches()) {
            throw UsageException.of(
                    "NAME",
                    text,
                    "a letter, then up to 59 letters, digits, dots, dashes or underscores, unlike a version such as v7");
        }
        return text;
    }

    public boolean isAlias() {
        return number.isEmpty();
    }

    /// The version's number.
    ///
    /// @param aliases of the model
    /// @throws UserException if it is an alias that the model does not have
    long number(String model, Map<String, Long> aliases) {
        if (number.isPresent()) {
            return number.getAsLong();
        }
        Long version = aliases.get(text);
        if (version == null) {
            throw new UserException("%s is '%s'; it must be a version, or an alias of model %s, which has %s"
                    .formatted(
                            what,
                            text,
                            model,
                            aliases.isEmpty() ? "none" : Text.printable(String.join(", ", aliases.keySet()))));
        }
        return version;
    }
}
