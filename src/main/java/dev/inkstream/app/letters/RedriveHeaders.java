package dev.inkstream.app.letters;

import dev.inkstream.stream.intake.Redriven;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// Makes the record that returns. Immutable.
///
/// @param by who asked for it
/// @param at the time of the return, which becomes the timestamp of the record
record RedriveHeaders(String by, Instant at) {
    /// The most returns in the history of a record; of more, the first ones are left out.
    static final int MAX_HISTORY = 20;

    private static final int MAX_LINE = 600;

    /// The record for the topic that it came from, with the headers of the return before its own. The key chooses the
    /// partition.
    ProducerRecord<byte[], byte[]> record(Return one, Repair repair) {
        DeadLetter letter = one.letter();
        DeadLetter.Content content = repair.of(letter.content());
        List<Header> headers = new ArrayList<>();
        headers.add(header(Redriven.TOPIC, letter.origin().topic()));
        headers.add(header(Redriven.APPLICATIONS, String.join(",", one.applications())));
        headers.add(header(Redriven.ATTEMPT, Integer.toString(letter.attempts() + 1)));
        history(letter, one.applications()).forEach(line -> headers.add(header(Redriven.HISTORY, line)));
        headers.addAll(letter.original());
        return new ProducerRecord<>(
                letter.origin().topic(), null, at.toEpochMilli(), content.key(), content.value(), headers);
    }

    private List<String> history(DeadLetter letter, List<String> applications) {
        List<String> lines = new ArrayList<>();
        if (letter.attempts() > 0) {
            letter.headers().headers(Redriven.HISTORY).forEach(header -> lines.add(text(header)));
        }
        DeadLetter.Rejection rejection = letter.rejection();
        lines.add(cut("%s %s, dead letter %s of %s at %s; returned at %s by %s"
                .formatted(
                        rejection.reason(),
                        letter.origin(),
                        letter.position(),
                        String.join(",", applications),
                        rejection.at(),
                        at,
                        by)));
        return lines.subList(Math.max(0, lines.size() - MAX_HISTORY), lines.size());
    }

    private static String text(Header header) {
        return header.value() == null ? "" : cut(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static String cut(String line) {
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
