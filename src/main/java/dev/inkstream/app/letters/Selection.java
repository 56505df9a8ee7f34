package dev.inkstream.app.letters;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// Which dead letters are meant. Immutable.
///
/// @param from the first time of rejection that is meant
/// @param to the first one that no longer is
record Selection(
        Optional<String> topic,
        Optional<String> application,
        Optional<String> reason,
        Optional<Instant> from,
        Optional<Instant> to) {

    boolean includes(DeadLetter letter) {
        return is(topic, letter.origin().topic())
                && is(application, letter.rejection().application())
                && is(reason, letter.rejection().reason())
                && isInTime(letter.rejection().at());
    }

    /// Whether dead letters of one reason are asked for, and no others.
    boolean namesReason() {
        return reason.isPresent();
    }

    private static boolean is(Optional<String> wanted, String found) {
        return wanted.isEmpty() || wanted.get().equals(found);
    }

    private boolean isInTime(String at) {
        if (from.isEmpty() && to.isEmpty()) {
            return true;
        }
        try {
            Instant time = Instant.parse(at);
            return from.filter(time::isBefore).isEmpty()
                    && to.filter(end -> !time.isBefore(end)).isEmpty();
        } catch (DateTimeException e) {
            // A time that cannot be read is in no window.
            return false;
        }
    }
}
