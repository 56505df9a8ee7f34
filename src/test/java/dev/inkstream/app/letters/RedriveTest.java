package dev.inkstream.app.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.UserException;
import dev.inkstream.app.letters.DeadLetter.Content;
import dev.inkstream.app.letters.DeadLetter.Rejection;
import dev.inkstream.stream.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RedriveTest {
    private static final Topics TOPICS = new Topics("t.");
    private static final Instant AT = Instant.parse("2026-11-27T03:00:00Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private long nanos;
    private final Redrive redrive = new Redrive(
            new Redrive.Sender(producer, () -> nanos),
            TOPICS.redrives(),
            new RedriveHeaders("ann@host", AT),
            Repair.NONE);

    @Test
    void aRecordAndItsEntryAreInOneTransaction() {
        redrive.begin();
        redrive.add(one(7));
        assertThat(producer.history()).as("nothing is there before the commit").isEmpty();
        redrive.commit();

        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly("t.images", "t.redrives");
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsOnly(AT.toEpochMilli());
        assertThat(redrive.returned()).isEqualTo(Map.of("t.images", 1L));
        assertThat(producer.commitCount()).isOne();
        Ledger ledger = new Ledger("t.redrives");
        ledger.add(consumed(producer.history().getLast()));
        assertThat(ledger.has(one(7).identity(), "t.labeler")).isTrue();
        assertThat(ledger.has(one(7).identity(), "t.classifier-digits")).isFalse();
        assertThat(ledger.has(one(8).identity(), "t.labeler")).isFalse();
    }

    @Test
    void aTransactionHasAtMost500Records() {
        redrive.begin();
        for (int i = 0; i < 1_001; i++) {
            redrive.add(one(i));
        }
        assertThat(producer.commitCount()).isEqualTo(2);
        redrive.commit();
        redrive.commit();
        assertThat(producer.commitCount()).isEqualTo(3);
        assertThat(redrive.returned()).isEqualTo(Map.of("t.images", 1_001L));
    }

    /// The coordinator would end it after ten seconds, while the next record to return is still far.
    @Test
    void aTransactionDoesNotWaitForTheNextRecord() {
        redrive.begin();
        redrive.commitIfOld();
        redrive.add(one(1));
        nanos = 1_900_000_000L;
        redrive.add(one(2));
        redrive.commitIfOld();
        assertThat(producer.commitCount()).isZero();
        nanos = 2_000_000_000L;
        redrive.commitIfOld();
        assertThat(producer.commitCount()).isOne();
        redrive.add(one(3));
        redrive.commitIfOld();
        assertThat(producer.commitCount()).isOne();
    }

    @Test
    void theOneThatBeganBeforeStops() {
        redrive.begin();
        redrive.add(one(1));
        redrive.commit();
        redrive.add(one(2));
        producer.fenceProducer();
        assertThatThrownBy(redrive::commit)
                .isInstanceOf(UserException.class)
                .hasMessage("another 'dead-letters redrive' of these topics has begun; this one has returned 1 record"
                        + " and stopped");
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void aPlanHasEachRecordOnceAndABound() {
        RedrivePlan plan = new RedrivePlan(2);
        DeadLetter first = letter(1, 10, "t.labeler");
        plan.add(first, Identity.of(first));
        for (int i = 0; i <= RedrivePlan.MAX_APPLICATIONS; i++) {
            DeadLetter again = letter(1, 20 + i, "t.classifier-" + i);
            plan.add(again, Identity.of(again));
            plan.add(again, Identity.of(again));
        }
        DeadLetter second = letter(2, 11, "t.labeler");
        plan.add(second, Identity.of(second));
        DeadLetter third = letter(3, 12, "t.labeler");
        plan.add(third, Identity.of(third));

        assertThat(plan.records()).isEqualTo(2);
        assertThat(plan.leftOut())
                .as("two applications twice each, and a record")
                .isEqualTo(5);
        assertThat(plan.at(first).orElseThrow().applications())
                .hasSize(RedrivePlan.MAX_APPLICATIONS)
                .startsWith("t.labeler", "t.classifier-0");
        assertThat(plan.at(letter(1, 20, "t.classifier-0"))).isEmpty();
        assertThat(plan.at(third)).isEmpty();
    }

    @Test
    void aLedgerThatDoesNotFitIsRefused() {
        Ledger ledger = new Ledger("t.redrives", 1);
        ledger.add(entry(1));
        ledger.add(entry(1));
        assertThatThrownBy(() -> ledger.add(entry(2)))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "t.redrives has more than 1 entries, which is more than this command can hold:");
    }

    @Test
    void entriesOfOtherProgramsSayNothing() {
        Ledger ledger = new Ledger("t.redrives", 0);
        ProducerRecord<byte[], byte[]> entry =
                Ledger.entry(TOPICS.redrives(), one(1), new RedriveHeaders("ann@host", AT));
        entry.headers().add(Ledger.CONTENT, "abc".getBytes(StandardCharsets.UTF_8));
        ledger.add(consumed(entry));
        ledger.add(consumed(new ProducerRecord<>("t.redrives", new byte[0], new byte[0])));
        assertThat(ledger.has(one(1).identity(), "t.labeler")).isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> entry(long offset) {
        return consumed(Ledger.entry(TOPICS.redrives(), one(offset), new RedriveHeaders("ann@host", AT)));
    }

    private static Return one(long offset) {
        DeadLetter letter = letter(offset, offset, "t.labeler");
        return new Return(letter, Identity.of(letter), List.of("t.labeler"));
    }

    private static DeadLetter letter(long offset, long position, String application) {
        return new DeadLetter(
                new Position(0, position),
                new Origin("t.images", 1, offset),
                new Rejection(application, "UNKNOWN_SCHEMA", AT.toString(), "is unknown"),
                new Content(new byte[] {1}, null),
                new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                AT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                java.util.Optional.empty());
    }
}
