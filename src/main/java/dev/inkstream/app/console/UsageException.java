package dev.inkstream.app.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A command line that is invalid: a wrong option value, an unreadable options file.
public final class UsageException extends UserException {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("([a-z-]+(?: [a-z]+){0,2})( (?:is|has) .*)");

    public UsageException(String message) {
        this(message, null);
    }

    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// `<what> is <value>; it must be <form>`: what a person gave, and what may be given instead.
    ///
    /// @param what an option or a setting, as it is written
    /// @param value a number is printed as it is, all else in quotes
    /// @param form a range or a form, as the end of the sentence
    public static UsageException of(String what, Object value, String form) {
        return new UsageException("%s is %s; it must be %s".formatted(what, shown(value), form));
    }

    /// A whole number as it was typed, and not as -1.0.
    private static String shown(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == number.longValue() ? Long.toString(number.longValue()) : number.toString();
        }
        return "'" + Text.printable(value.toString()) + "'";
    }

    /// Turns a record's validation error into one about its option: `label window is 0; it must be ...` becomes
    /// `--label-window is 0; it must be ...`.
    public static UsageException of(IllegalArgumentException refused) {
        Matcher name = NAME.matcher(String.valueOf(refused.getMessage()));
        return name.matches()
                ? new UsageException("--" + name.group(1).replace(' ', '-') + name.group(2), refused)
                : new UsageException(String.valueOf(refused.getMessage()), refused);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
