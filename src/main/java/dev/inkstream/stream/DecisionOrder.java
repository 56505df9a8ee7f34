package dev.inkstream.stream;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.RejectReason;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Keeps the versions under one key of `serving-weights` from going backwards. Not thread-safe.
public final class DecisionOrder {
    private final boolean signed;
    private final KnownDecision known;
    private long last = -1;

    /// @param signed whether records are signed. Then each must name a decision, and no older one than the record
    ///     before: an old record with its signature can be written again. Otherwise anyone can write any number, so
    ///     that a header protects from mistakes alone.
    /// @param known the newest decision before this start
    public DecisionOrder(boolean signed, KnownDecision known) {
        this.signed = signed;
        this.known = known;
    }

    /// @param next of a version; null for the end of a shadow
    /// @param current the version in use; null if there is none
    /// @throws InvalidRecordException if the record goes backwards
    public void check(Headers headers, @Nullable ModelVersion next, @Nullable ModelVersion current) {
        OptionalLong decision = DecisionHeader.number(headers);
        if (decision.isEmpty() && signed) {
            throw refused(next, "it has no header " + DecisionHeader.NAME);
        }
        if (decision.isEmpty() && next != null && current != null && next.version() < current.version()) {
            throw refused(
                    next,
                    "its version is lower than v" + current.version() + ", and it has no header "
                            + DecisionHeader.NAME);
        }
        if (decision.isPresent() && signed && decision.getAsLong() < last) {
            throw refused(
                    next,
                    "its decision " + decision.getAsLong() + " is older than decision " + last
                            + "; it is an old record that was written again");
        }
    }

    /// Whether a record is history: another version serves by what was decided before this start.
    public boolean isReplaced(Headers headers, ModelVersion version) {
        OptionalLong decision = DecisionHeader.number(headers);
        return decision.isPresent() && known.replaces(decision.getAsLong(), version);
    }

    /// The same of a shadow.
    public boolean isReplacedShadow(Headers headers, ModelVersion version) {
        OptionalLong decision = DecisionHeader.number(headers);
        return decision.isPresent() && known.replacesShadow(decision.getAsLong(), version);
    }

    /// Notes the decision of a record that is used.
    public void used(Headers headers) {
        last = Math.max(last, DecisionHeader.number(headers).orElse(-1));
    }

    private static InvalidRecordException refused(@Nullable ModelVersion version, String why) {
        String what =
                version == null ? "the end of the shadow" : "snapshot " + version.model() + " v" + version.version();
        return new InvalidRecordException(RejectReason.BACKWARDS, what + " is refused: " + why);
    }
}
