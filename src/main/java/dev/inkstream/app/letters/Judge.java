package dev.inkstream.app.letters;

import dev.inkstream.app.console.Text;
import dev.inkstream.app.letters.DeadLetter.Content;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.IntakeLimits;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;

/// Says what can become of a dead letter now. Not thread-safe.
///
/// @param ledger what has returned
/// @param maxAttempts how often one record may return
record Judge(Acceptance acceptance, Ledger ledger, int maxAttempts) {
    /// Whether these apply does not show in the record alone.
    private static final Set<String> ON_REQUEST =
            Set.of(RejectReason.NO_IMAGE.name(), RejectReason.HOLDOUT_FULL.name(), RejectReason.DIVERGED.name());

    /// Room for the headers that a return adds.
    static final int OWN_HEADERS = 4;

    private static final int OWN_HEADER_BYTES = 16 << 10;

    /// @param identity of the letter
    /// @param repair what would replace parts of the record
    Verdict verdict(DeadLetter letter, Identity identity, Repair repair) {
        String application = letter.rejection().application();
        if (ledger.has(identity, application)) {
            return new Verdict.Returned();
        }
        Optional<String> refusal = lost(letter, repair)
                .or(() -> tooOften(letter))
                .or(() -> headers(letter))
                .or(() -> value(repair.of(letter.content())))
                .or(() -> acceptance.refusal(letter.origin(), application, repair.of(letter.content())));
        if (refusal.isPresent()) {
            return new Verdict.Unusable(refusal.get());
        }
        return ON_REQUEST.contains(letter.rejection().reason()) && !repair.hasValue()
                ? new Verdict.OnRequest()
                : new Verdict.Usable();
    }

    /// What the dead letter no longer has.
    private static Optional<String> lost(DeadLetter letter, Repair repair) {
        if (!repair.hasValue() && letter.fact(Cut.VALUE_SIZE).isPresent()) {
            return Optional.of(
                    "the dead letter has the beginning of the value alone; --value-file must give all of it");
        }
        if (!repair.hasKey() && letter.fact(Cut.KEY_SIZE).isPresent()) {
            return Optional.of("the dead letter has the beginning of the key alone; --key must give another");
        }
        return letter.fact(Cut.HEADERS_DROPPED).isPresent() || letter.isCut()
                ? Optional.of("the dead letter does not have all headers of the record")
                : Optional.empty();
    }

    private Optional<String> tooOften(DeadLetter letter) {
        int attempts = letter.attempts();
        return attempts >= maxAttempts
                ? Optional.of("the record has returned %s already; --max-attempts is %d"
                        .formatted(Text.count(attempts, "time"), maxAttempts))
                : Optional.empty();
    }

    private static Optional<String> headers(DeadLetter letter) {
        long bytes = 0;
        int count = 0;
        for (Header header : letter.original()) {
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length
                    + (header.value() == null ? 0 : header.value().length);
            count++;
        }
        int most = IntakeLimits.HEADERS - OWN_HEADERS - RedriveHeaders.MAX_HISTORY;
        return count > most || bytes > IntakeLimits.HEADER_BYTES - OWN_HEADER_BYTES
                ? Optional.of("the record has %d headers of %d bytes; it must have at most %d of %d to return"
                        .formatted(count, bytes, most, IntakeLimits.HEADER_BYTES - OWN_HEADER_BYTES))
                : Optional.empty();
    }

    private Optional<String> value(Content content) {
        int most = acceptance.maxValueBytes();
        return content.value() != null && content.value().length > most
                ? Optional.of("value has %d bytes; it must have at most %d".formatted(content.value().length, most))
                : Optional.empty();
    }
}
