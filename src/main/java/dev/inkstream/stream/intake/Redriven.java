package dev.inkstream.stream.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Headers of a record that returned from `dead-letters` to its topic. All values are UTF-8 text.
///
/// Such a record is for the applications that rejected it before. The others accepted it then, and pass it over now.
/// Outputs may repeat the headers of their input, so they count on the topic that they name and on no other.
public final class Redriven {
    /// The topic that the record returned to.
    public static final String TOPIC = "inkstream.redrive.topic";

    /// The ids of the applications that it is for, separated by commas.
    public static final String APPLICATIONS = "inkstream.redrive.applications";

    /// How often it has returned, 1 or more.
    public static final String ATTEMPT = "inkstream.redrive.attempt";

    /// One for each return, the first one first: what was wrong, where the record and its dead letter are, when it
    /// returned, and who asked for it.
    public static final String HISTORY = "inkstream.redrive.history";

    /// What the names of all of these begin with.
    public static final String PREFIX = "inkstream.redrive.";

    private static final String SEPARATOR = ",";

    private Redriven() {}

    /// Whether a record of `topic` returned to it, but not for this application.
    public static boolean isForOthers(Headers headers, String topic, String application) {
        if (!returnedTo(headers, topic)) {
            return false;
        }
        return text(headers, APPLICATIONS)
                .filter(all -> Arrays.stream(all.split(SEPARATOR)).noneMatch(application::equals))
                .isPresent();
    }

    /// How often a record of `topic` has returned to it; 0 if it never has, or if the header has no number.
    public static int attempts(Headers headers, String topic) {
        return returnedTo(headers, topic)
                ? text(headers, ATTEMPT)
                        .filter(number -> number.matches("[0-9]{1,6}"))
                        .map(Integer::valueOf)
                        .orElse(0)
                : 0;
    }

    private static boolean returnedTo(Headers headers, String topic) {
        // Most records have no header, and this is asked for each.
        return headers.lastHeader(TOPIC) != null
                && text(headers, TOPIC).filter(topic::equals).isPresent();
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
