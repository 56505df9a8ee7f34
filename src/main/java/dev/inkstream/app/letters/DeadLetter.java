package dev.inkstream.app.letters;

import dev.inkstream.stream.intake.Cut;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import dev.inkstream.stream.intake.Redriven;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// A record that an application rejected, read from `dead-letters`. The arrays are owned by the record.
///
/// @param position where it is on `dead-letters`
/// @param content key and value of the record, or their beginnings
/// @param headers of the record and of the dead letter
record DeadLetter(Position position, Origin origin, Rejection rejection, Content content, Headers headers) {
    private static final String NUMBER = "[0-9]{1,18}";
    private static final String PARTITION = "[0-9]{1,9}";

    /// Names of topics, applications and reasons are shorter. Anybody may have written the topic.
    private static final int LONGEST = 300;

    /// What the application said. The texts are at most a few thousand characters.
    ///
    /// @param at as ISO 8601, or something else if another program wrote it
    record Rejection(String application, String reason, String at, String message) {}

    /// The bytes of a record.
    record Content(byte @Nullable [] key, byte @Nullable [] value) {}

    /// Empty for a record that is no dead letter of Inkstream's.
    static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        Optional<String> topic = name(headers, DeadLetterHeaders.TOPIC);
        Optional<String> partition =
                text(headers, DeadLetterHeaders.PARTITION).filter(number -> number.matches(PARTITION));
        Optional<String> offset = text(headers, DeadLetterHeaders.OFFSET).filter(number -> number.matches(NUMBER));
        Optional<String> application = name(headers, DeadLetterHeaders.APPLICATION);
        Optional<String> reason = name(headers, DeadLetterHeaders.REASON);
        if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty() || application.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeadLetter(
                new Position(record.partition(), record.offset()),
                new Origin(topic.get(), Integer.parseInt(partition.get()), Long.parseLong(offset.get())),
                new Rejection(
                        application.get(),
                        reason.get(),
                        name(headers, DeadLetterHeaders.AT).orElse(""),
                        text(headers, DeadLetterHeaders.MESSAGE).orElse("")),
                new Content(record.key(), record.value()),
                headers));
    }

    /// How often the record had returned to its topic when it was rejected.
    int attempts() {
        return Redriven.attempts(headers, origin.topic());
    }

    /// A header that says what was cut.
    Optional<String> fact(String name) {
        return text(headers, name);
    }

    /// Whether this reader had to leave out a part of the dead letter.
    boolean isCut() {
        return !Cut.facts(headers).isEmpty();
    }

    /// The headers that the record came with, but for those of earlier returns.
    List<Header> original() {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> !DeadLetterHeaders.isOwn(header.key())
                        && !Cut.FACTS.contains(header.key())
                        && !header.key().startsWith(Redriven.PREFIX))
                .toList();
    }

    private static Optional<String> name(Headers headers, String header) {
        return text(headers, header).filter(text -> text.length() <= LONGEST);
    }

    private static Optional<String> text(Headers headers, String header) {
        return Optional.ofNullable(headers.lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
