package dev.inkstream.app.origin;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.models.VersionName;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Finds the version that is meant: that of a number or an alias, else the serving one, else the newest. It keeps no
/// other. Not thread-safe.
final class VersionChoice {
    private final String model;
    private final Optional<VersionName> name;
    private OptionalLong wanted = OptionalLong.empty();
    private @Nullable WeightSnapshot ofNumber;
    private @Nullable WeightSnapshot newest;
    private @Nullable WeightSnapshot serving;

    /// @param text `7`, `v7` or an alias; null for none
    /// @throws UsageException if it is none of these
    VersionChoice(String model, @Nullable String text) {
        this.model = model;
        this.name = Optional.ofNullable(text).map(any -> VersionName.of("N", any));
    }

    /// The topics it reads.
    List<Topic<?, ?>> topics(Topics all) {
        List<Topic<?, ?>> versions = List.of(all.weightSnapshots(), all.servingWeights());
        return name.filter(VersionName::isAlias).isEmpty()
                ? versions
                : List.of(all.weightSnapshots(), all.servingWeights(), all.modelDecisions());
    }

    /// @throws UserException if there is no such version
    WeightSnapshot from(OriginTopics topics) throws InterruptedException {
        wanted = name.isEmpty() ? OptionalLong.empty() : OptionalLong.of(topics.number(model, name.get()));
        topics.published(model, this::published);
        topics.serving(model, this::serving);
        WeightSnapshot found = wanted.isPresent() ? ofNumber : serving == null ? newest : serving;
        if (found != null) {
            return found;
        }
        if (newest == null && serving == null) {
            throw none(model);
        }
        throw new UserException("N is %d; it must be a version that the topics still have of model %s"
                .formatted(wanted.orElseThrow(), model));
    }

    static UserException none(String model) {
        return new UserException("there is no version of model %s: its trainer publishes the first".formatted(model));
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
