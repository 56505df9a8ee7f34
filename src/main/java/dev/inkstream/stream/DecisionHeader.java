package dev.inkstream.stream;

import dev.inkstream.signature.Signer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// The header of a record on `serving-weights` that names the decision behind it: the decision's number on
/// `model-decisions`, as decimal text. Evaluators before 0.3.0 wrote none. Stateless.
public final class DecisionHeader {
    /// Its name.
    public static final String NAME = Signer.DECISION;

    private static final int MAX_DIGITS = 18;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1," + MAX_DIGITS + "}");

    private DecisionHeader() {}

    /// The headers of a record that follows from a decision.
    public static Headers of(long number) {
        return new RecordHeaders().add(NAME, Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    /// The number of the decision behind a record; empty if its headers name none.
    public static OptionalLong number(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null || header.value() == null || header.value().length > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
