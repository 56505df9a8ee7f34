package dev.inkstream.app.verify;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.Sha256;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.LabeledExamples.Example;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Records that a training leaves out, by image id, and which of them it has met. Not thread-safe.
public final class Exclusions {
    private static final int NAMED = 10;

    private final Set<String> ids;
    private final Map<Long, String> records;
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<Long> met = new ArrayList<>();

    /// @param ids all records of these images
    /// @param records image ids by the offset of the one record that is meant
    public Exclusions(Set<String> ids, Map<Long, String> records) {
        this.ids = Set.copyOf(ids);
        this.records = Map.copyOf(records);
        missing.addAll(ids);
        missing.addAll(records.values());
    }

    /// Whether it is left out. Each record is asked about once, in the order of the log.
    public boolean excludes(Example example) {
        String id = example.imageId();
        boolean excluded = ids.contains(id) || id.equals(records.get(example.offset()));
        if (excluded) {
            missing.remove(id);
            met.add(example.offset());
        }
        return excluded;
    }

    /// How many were met.
    public long count() {
        return met.size();
    }

    /// What was met between the first and the last example of a version: a version says no more of it, since those
    /// before and after make no difference to its weights.
    public Beginning.Exclusion met(long firstOffset, long lastOffset) {
        long[] between = met.stream()
                .mapToLong(Long::longValue)
                .filter(offset -> firstOffset <= offset && offset <= lastOffset)
                .toArray();
        ByteBuffer offsets = ByteBuffer.allocate(between.length * Long.BYTES);
        for (long offset : between) {
            offsets.putLong(offset);
        }
        return new Beginning.Exclusion(between.length, Sha256.of(offsets.flip()));
    }

    /// @param version as a sentence names it
    /// @throws UserException if an id was not met
    public void requireAll(String version) {
        if (!missing.isEmpty()) {
            String names = missing.stream().limit(NAMED).map(Text::printable).collect(Collectors.joining(", "));
            String more = missing.size() > NAMED ? " and %d more".formatted(missing.size() - NAMED) : "";
            throw new UserException("%s was not trained on %s of these images: %s%s"
                    .formatted(version, Text.count(missing.size()), names, more));
        }
    }
}
