package dev.inkstream.app.letters;

import dev.inkstream.app.letters.DeadLetter.Content;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Whether a role would accept a record now: the decode-and-validate step of each role, for each topic that it reads
/// and that records may return to. Not thread-safe.
final class Acceptance {
    private static final String LABELER = "labeler";
    private static final String CLASSIFIER = "classifier-";
    private static final String TRAINER = "trainer-";
    private static final String EVALUATOR = "evaluator-";

    private final Topics topics;
    private final ImageFormat format;
    private final Map<String, Supplier<RecordDecoder<?>>> steps = new HashMap<>();
    private final Map<String, RecordDecoder<?>> decoders = new HashMap<>();

    /// @param format of the images and labels that the models take
    Acceptance(Topics topics, AvroSerdes serdes, ImageFormat format) {
        this.topics = topics;
        this.format = format;
        steps.put(
                step(CLASSIFIER, topics.images().name()), () -> topics.images().decoder(serdes, format::check));
        steps.put(step(LABELER, topics.images().name()), () -> topics.images().decoder(serdes));
        steps.put(step(LABELER, topics.labels().name()), () -> topics.labels().decoder(serdes));
        steps.put(
                step(EVALUATOR, topics.labels().name()),
                () -> topics.labels().decoder(serdes, label -> {
                    format.checkLabel(label.label());
                    return label;
                }));
        steps.put(
                step(TRAINER, topics.labeledImages().name()),
                () -> topics.labeledImages().decoder(serdes, format::check));
        steps.put(
                step(EVALUATOR, topics.holdoutImages().name()),
                () -> topics.holdoutImages().decoder(serdes, format::check));
        steps.put(
                step(EVALUATOR, topics.predictions().name()),
                () -> topics.predictions().decoder(serdes, prediction -> {
                    format.checkLabel(prediction.label());
                    return prediction;
                }));
    }

    /// Why an application would reject a record, or why it must not return; empty if it would accept it.
    Optional<String> refusal(Origin origin, String application, Content content) {
        if (isOrdered(origin.topic())) {
            return Optional.of(
                    origin.topic() + " has commands or versions in their order; what comes late must be made again");
        }
        String step = step(role(application), origin.topic());
        Supplier<RecordDecoder<?>> made = steps.get(step);
        if (made == null) {
            return Optional.of("%s is no topic of %s that records return to".formatted(origin.topic(), application));
        }
        RecordDecoder<?> decoder = decoders.computeIfAbsent(step, missing -> made.get());
        try {
            check(origin, decoder, content);
            return Optional.empty();
        } catch (InvalidRecordException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void check(Origin origin, RecordDecoder<?> decoder, Content content) {
        // A null value removes a holdout image.
        if (content.value() == null
                && origin.topic().equals(topics.holdoutImages().name())) {
            var _ = RecordDecoder.key(content.key());
            return;
        }
        var _ = decoder.decode(new RecordHeaders(), content.key(), content.value());
    }

    /// The longest value that a role takes.
    int maxValueBytes() {
        return format.maxRecordBytes();
    }

    private boolean isOrdered(String topic) {
        return topic.equals(topics.weightSnapshots().name())
                || topic.equals(topics.modelCommands().name());
    }

    private String role(String application) {
        if (!application.startsWith(topics.prefix())) {
            return "";
        }
        String name = application.substring(topics.prefix().length());
        if (name.equals(LABELER)) {
            return LABELER;
        }
        return java.util.stream.Stream.of(CLASSIFIER, TRAINER, EVALUATOR)
                .filter(name::startsWith)
                .findFirst()
                .orElse("");
    }

    private static String step(String role, String topic) {
        return role + " " + topic;
    }
}
