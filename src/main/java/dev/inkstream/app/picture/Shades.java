package dev.inkstream.app.picture;

import java.util.Map;

/// How a terminal shows grey.
public enum Shades {
    /// Characters of growing weight, ` .:-=+*#%@`, and no escape sequences.
    PLAIN,

    /// Half blocks in the 24 greys of a 256-colour terminal.
    ANSI_256,

    /// Half blocks in 256 greys, by 24-bit colour.
    TRUE_COLOR;

    /// What an output can show: [#PLAIN] unless it is a terminal that allows colour.
    ///
    /// @param environment where `NO_COLOR`, `TERM` and `COLORTERM` are looked up
    /// @param terminal whether the output is a terminal
    public static Shades of(Map<String, String> environment, boolean terminal) {
        boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        if (!terminal || noColor || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return PLAIN;
        }
        return switch (environment.getOrDefault("COLORTERM", "")) {
            case "truecolor", "24bit" -> TRUE_COLOR;
            default -> ANSI_256;
        };
    }
}
