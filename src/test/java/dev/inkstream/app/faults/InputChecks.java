package dev.inkstream.app.faults;

import dev.inkstream.app.faults.RunLog.Entry;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Checks that each record that was sent has come to one result: a prediction, a labeled image, or a dead letter.
record InputChecks(RunLog log) {
    private static final String LETTERS = "One dead letter of the ";

    List<Finding> findings() {
        Topics topics = log.topics();
        List<Finding> findings = new ArrayList<>();
        findings.add(predictions());
        findings.add(labeledImages());
        findings.add(deadLetters(Target.CLASSIFIER, topics.images()));
        findings.add(deadLetters(Target.LABELER, topics.images()));
        findings.add(deadLetters(Target.LABELER, topics.labels()));
        findings.add(deadLetters(Target.EVALUATOR, topics.labels()));
        findings.add(noOthers(findings));
        return findings;
    }

    private Finding predictions() {
        return Finding.sameSet(
                "One committed prediction for each image",
                log.good(log.topics().predictions()).stream()
                        .map(entry -> entry.key() + " at "
                                + entry.value().image().partition() + "@"
                                + entry.value().image().offset())
                        .toList(),
                log.good(log.topics().images()).stream()
                        .map(entry -> entry.key() + " at " + entry.position())
                        .toList());
    }

    private Finding labeledImages() {
        Map<String, Label> labels = new HashMap<>();
        log.good(log.topics().labels()).forEach(entry -> labels.put(entry.key(), entry.value()));
        return Finding.sameSet(
                "One labeled image for each image and its label, with both",
                log.good(log.topics().labeledImages()).stream()
                        .map(InputChecks::text)
                        .toList(),
                log.good(log.topics().images()).stream()
                        .map(entry -> text(
                                entry.key(),
                                entry.value(),
                                labels.get(entry.key()).label()))
                        .toList());
    }

    private static String text(Entry<LabeledImage> entry) {
        return text(entry.key(), entry.value().image(), entry.value().label());
    }

    private static String text(String key, ImageRecord image, int label) {
        return key + " is " + label + ", pixels "
                + Arrays.hashCode(image.pixels().bytes());
    }

    private Finding deadLetters(Target role, Topic<?, ?> topic) {
        return Finding.sameSet(
                LETTERS + role.command() + " for each bad record of `"
                        + topic.name().substring(log.topics().prefix().length()) + "`",
                log.raw(log.topics().deadLetters()).stream()
                        .filter(record -> header(record, DeadLetterHeaders.APPLICATION)
                                        .equals(role.group(log.topics()))
                                && header(record, DeadLetterHeaders.TOPIC).equals(topic.name()))
                        .map(record -> header(record, DeadLetterHeaders.PARTITION) + "@"
                                + header(record, DeadLetterHeaders.OFFSET))
                        .toList(),
                log.bad(topic));
    }

    /// The letters are those of the checks before, and no more.
    private Finding noOthers(List<Finding> before) {
        long expected = before.stream()
                .filter(finding -> finding.what().startsWith(LETTERS))
                .mapToLong(Finding::compared)
                .sum();
        return Finding.sameList(
                "Dead letters in all",
                List.of(log.raw(log.topics().deadLetters()).size() + " letters"),
                List.of(expected + " letters"));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
