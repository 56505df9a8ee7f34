package dev.inkstream.app.letters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a run found of the dead letters that were meant. Bounded; not thread-safe.
final class Tally {
    private static final int MAX_REASONS = 100;
    private static final int PRINTED = 10;
    private static final String OTHERS = "other reasons";

    private final Map<String, Long> refused = new HashMap<>();
    private long usable;
    private long before;
    private long onRequest;
    private long unusable;

    /// @param asked whether what returns on request was asked for
    /// @return whether the record returns
    boolean add(Verdict verdict, boolean asked) {
        return switch (verdict) {
            case Verdict.Usable _ -> counted();
            case Verdict.OnRequest _ when asked -> counted();
            case Verdict.OnRequest _ -> {
                onRequest++;
                yield false;
            }
            case Verdict.Returned _ -> {
                before++;
                yield false;
            }
            case Verdict.Unusable found -> {
                unusable++;
                String why = refused.containsKey(found.why()) || refused.size() < MAX_REASONS ? found.why() : OTHERS;
                refused.merge(why, 1L, Long::sum);
                yield false;
            }
        };
    }

    private boolean counted() {
        usable++;
        return true;
    }

    /// Dead letters whose record returns.
    long usable() {
        return usable;
    }

    /// Whether nothing was found but records that cannot return.
    boolean isUnusable() {
        return usable == 0 && before == 0 && onRequest == 0 && unusable > 0;
    }

    /// Why records cannot return, the most frequent reason first.
    List<Map.Entry<String, Long>> refused() {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(refused.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return sorted;
    }

    /// Lines about the dead letters whose record does not return.
    String text() {
        StringBuilder text = new StringBuilder();
        if (before > 0) {
            text.append("%s returned before\n".formatted(Text.count(before, "dead letter")));
        }
        if (onRequest > 0) {
            text.append("%s on request only (--reason, or their offsets)\n"
                    .formatted(Text.count(onRequest, "dead letter")));
        }
        if (unusable > 0) {
            text.append("%s not usable now:\n".formatted(Text.count(unusable, "dead letter")));
            refused().stream()
                    .limit(PRINTED)
                    .forEach(why -> text.append(
                                    Text.printable("  %s: %s".formatted(Text.count(why.getValue()), why.getKey())))
                            .append('\n'));
        }
        return text.toString();
    }

    /// The same for programs.
    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("letters", usable)
                .put("returnedBefore", before)
                .put("onRequest", onRequest)
                .put("unusable", unusable);
        ArrayNode why = json.putArray("why");
        refused().stream()
                .limit(PRINTED)
                .forEach(one -> why.addObject().put("message", one.getKey()).put("letters", one.getValue()));
        return json;
    }
}
