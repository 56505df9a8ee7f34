package dev.inkstream.app.console;

import java.time.Duration;
import java.util.Locale;

/// Numbers and foreign text as they are printed: the same in every locale, and harmless to a terminal.
public final class Text {
    /// Stands for what is not known.
    public static final String NONE = "-";

    private static final double LEAST_P = 1e-300;

    private static final char REPLACEMENT = '\ufffd';

    private Text() {}

    /// A number with its thousands apart: `60,000`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A number with a noun that agrees with it: `1 partition`, `4 partitions`.
    ///
    /// @param noun in the singular, one that takes an s
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// A share of 1 as `98.3 %`; [#NONE] for NaN.
    public static String percent(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// As `p = 0.0312`, or as `p = 3e-21` if that says nothing.
    public static String pValue(double p) {
        if (p < LEAST_P) {
            return "p < 1e-300";
        }
        return "p = " + (p >= 0.0001 ? decimals(p, 4) : String.format(Locale.ROOT, "%.0e", p));
    }

    /// A number with so many decimals: `0.1534`.
    public static String decimals(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /// A time as it was given: `30 s`, or `1500 ms` if it is no whole number of seconds.
    public static String time(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /// A time in its largest unit, rounded down: `42 s`, `5 min`, `3 h`, `12 d`. A negative one is `0 s`.
    public static String age(Duration age) {
        if (age.isNegative()) {
            return "0 s";
        } else if (age.toMinutes() == 0) {
            return age.toSeconds() + " s";
        } else if (age.toHours() == 0) {
            return age.toMinutes() + " min";
        }
        return age.toDays() == 0 ? age.toHours() + " h" : count(age.toDays()) + " d";
    }

    /// The text, cut to a number of characters with `...` at its end if it is longer.
    ///
    /// @param most 3 or more
    public static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    /// The text with every control character replaced: what strangers wrote must not steer the terminal, nor
    /// begin a line of its own.
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text);
        for (int i = 0; i < printable.length(); i++) {
            if (Character.isISOControl(printable.charAt(i))) {
                printable.setCharAt(i, REPLACEMENT);
            }
        }
        return printable.toString();
    }
}
