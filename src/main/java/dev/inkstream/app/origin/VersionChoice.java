package dev.inkstream.app.origin;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.WeightSnapshot;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the version that is meant: that of a number, else the serving one, else the newest. It keeps no other. Not
/// thread-safe.
final class VersionChoice {
    private static final Pattern NUMBER = Pattern.compile("v?(\\d{1,18})");

    private final String model;
    private final OptionalLong wanted;
    private @Nullable WeightSnapshot ofNumber;
    private @Nullable WeightSnapshot newest;
    private @Nullable WeightSnapshot serving;

    /// @param text `7` or `v7`; null for none
    /// @throws UsageException if it is neither
    VersionChoice(String model, @Nullable String text) {
        this.model = model;
        this.wanted = text == null ? OptionalLong.empty() : number(text);
    }

    private static OptionalLong number(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            throw UsageException.of("N", text, "a version, like 7 or v7");
        }
        return OptionalLong.of(Long.parseLong(number.group(1)));
    }

    /// @throws UserException if there is no such version
    WeightSnapshot from(OriginTopics topics) throws InterruptedException {
        topics.versions(model, this::published, this::serving);
        WeightSnapshot found = wanted.isPresent() ? ofNumber : serving == null ? newest : serving;
        if (found != null) {
            return found;
        }
        if (newest == null && serving == null) {
            throw new UserException(
                    "there is no version of model %s: its trainer publishes the first".formatted(model));
        }
        throw new UserException("N is %d; it must be a version that the topics still have of model %s"
                .formatted(wanted.orElseThrow(), model));
    }

    /// The version that was published last.
    ///
    /// @throws UserException if there is none
    WeightSnapshot newest(OriginTopics topics) throws InterruptedException {
        topics.versions(model, this::published, snapshot -> {});
        if (newest == null) {
            throw new UserException(
                    "there is no version of model %s: its trainer publishes the first".formatted(model));
        }
        return newest;
    }

    private void published(WeightSnapshot snapshot) {
        newest = snapshot;
        if (isWanted(snapshot)) {
            ofNumber = snapshot;
        }
    }

    /// A version may be gone from `weight-snapshots` and serve.
    private void serving(WeightSnapshot snapshot) {
        serving = snapshot;
        if (isWanted(snapshot) && ofNumber == null) {
            ofNumber = snapshot;
        }
    }

    private boolean isWanted(WeightSnapshot snapshot) {
        return wanted.isPresent() && wanted.getAsLong() == snapshot.id().version();
    }
}
