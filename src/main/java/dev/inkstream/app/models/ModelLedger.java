package dev.inkstream.app.models;

import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the decisions about a model add up to: the last one, the last about each version, and the aliases. Not
/// thread-safe.
final class ModelLedger {
    private final Map<ModelVersion, ModelDecision> byVersion = new HashMap<>();
    private final SortedMap<String, Long> aliases = new TreeMap<>();
    private @Nullable ModelDecision last;

    /// Takes the next decision.
    void add(ModelDecision decision) {
        last = decision;
        Optional<ModelVersion> version = decision.subject().map(Subject::id);
        version.ifPresent(id -> byVersion.put(id, decision));
        if (decision.kind() == Kind.ALIASED && version.isPresent()) {
            decision.origin()
                    .alias()
                    .ifPresent(alias -> aliases.put(alias, version.get().version()));
        }
    }

    Optional<ModelDecision> last() {
        return Optional.ofNullable(last);
    }

    /// The last decision about a version.
    Optional<ModelDecision> last(ModelVersion version) {
        return Optional.ofNullable(byVersion.get(version));
    }

    /// Version numbers by alias, sorted.
    SortedMap<String, Long> aliases() {
        return aliases;
    }

    /// The aliases of a version, sorted.
    List<String> aliases(long version) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue() == version)
                .map(Map.Entry::getKey)
                .toList();
    }
}
