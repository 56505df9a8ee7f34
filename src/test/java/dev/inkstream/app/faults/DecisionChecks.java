package dev.inkstream.app.faults;

import dev.inkstream.app.faults.RunLog.Entry;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Checks that each version was decided about once, and that what serves, and what runs beside it, follows from the
/// decisions.
record DecisionChecks(RunLog log) {
    private static final String NONE = "none";

    List<Finding> findings() {
        List<ModelDecision> decisions = log.good(log.topics().modelDecisions()).stream()
                .map(Entry::value)
                .toList();
        return List.of(
                Finding.sameList(
                        "Decisions numbered without a gap",
                        decisions.stream().map(ModelDecision::number).toList(),
                        LongStream.range(0, decisions.size()).boxed().toList()),
                oneEach(decisions),
                followed("What serves follows from the decisions", "digits", Standing::serving, decisions),
                followed(
                        "What runs beside it follows from the decisions",
                        Topics.shadowKey("digits"),
                        Standing::shadow,
                        decisions));
    }

    /// How often what was decided.
    String kinds() {
        return log.good(log.topics().modelDecisions()).stream()
                .collect(Collectors.groupingBy(entry -> entry.value().kind(), Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /// Whether a version is promoted, refused, passed over or runs beside the serving one is decided once. What becomes
    /// of it later is another decision. After a roll-back the newest may still wait for the end of a trial.
    private Finding oneEach(List<ModelDecision> decisions) {
        Set<Long> shadowed = new HashSet<>();
        List<String> first = new ArrayList<>();
        for (ModelDecision decision : decisions) {
            long version = decision.subject().orElseThrow().id().version();
            boolean isFirst = switch (decision.kind()) {
                case REFUSED, PASSED_OVER, SHADOWED -> true;
                case PROMOTED -> !shadowed.contains(version);
                default -> false;
            };
            if (isFirst) {
                first.add("v" + version);
            }
            if (decision.kind() == Kind.SHADOWED) {
                shadowed.add(version);
            }
        }
        List<String> versions = new ArrayList<>(log.snapshots().stream()
                .map(snapshot -> "v" + snapshot.id().version())
                .toList());
        if (mayWait(decisions) && !first.contains(versions.getLast())) {
            versions.removeLast();
        }
        return Finding.sameSet("One decision about each version", first, versions);
    }

    private static boolean mayWait(List<ModelDecision> decisions) {
        return !decisions.isEmpty()
                && decisions.getLast().after().mode() == Mode.HELD
                && decisions.getLast().after().shadow().isPresent();
    }

    private Finding followed(
            String what, String key, Function<Standing, OptionalLong> which, List<ModelDecision> decisions) {
        Map<Long, WeightSnapshot> published = new HashMap<>();
        log.snapshots().forEach(snapshot -> published.put(snapshot.id().version(), snapshot));
        List<String> expected = new ArrayList<>();
        String before = NONE;
        for (ModelDecision decision : decisions) {
            OptionalLong version = which.apply(decision.after());
            String now = version.isEmpty() ? NONE : text(published.get(version.getAsLong()));
            if (!now.equals(before)) {
                expected.add(now);
                before = now;
            }
        }
        return Finding.sameList(
                what,
                log.good(log.topics().servingWeights()).stream()
                        .filter(entry -> entry.key().equals(key))
                        .map(entry -> text(entry.value()))
                        .toList(),
                expected);
    }

    /// The version's id has the hash of its weights.
    private static String text(WeightSnapshot snapshot) {
        return snapshot == null ? NONE : snapshot.id().toString();
    }
}
