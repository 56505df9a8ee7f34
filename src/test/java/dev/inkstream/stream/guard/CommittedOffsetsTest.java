package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CommittedOffsetsTest {
    private static final Uuid TOPIC_ID = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEQ");
    private static final TopicPartition FIRST = new TopicPartition("t.images", 0);
    private static final TopicPartition SECOND = new TopicPartition("t.images", 1);

    private static final GuardTopic TOPIC = new GuardTopic("t.classifier-m");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    /// Its brokers answer when a test says so.
    private final MockProducer<byte[], byte[]> late =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void whatTheGuardReadsIsWhatWasCommitted() {
        offsets(() -> {}).write(Map.of(SECOND, new OffsetAndMetadata(42, Optional.empty(), "stream time")));

        ProducerRecord<byte[], byte[]> written = producer.history().getFirst();
        assertThat(written.topic()).isEqualTo("t.classifier-m-guard");
        assertThat(written.partition()).isZero();
        assertThat(GuardedOffset.partition(written.key())).contains(SECOND);
        assertThat(GuardedOffset.fromBytes(written.value())).isEqualTo(new GuardedOffset(TOPIC_ID, 42, "stream time"));
    }

    @Test
    void aGuardTopicThatIsGoneEndsTheCommit() {
        var gone = new UnknownTopicOrPartitionException("there is no topic t.classifier-m-guard");
        CommittedOffsets offsets = offsets(new Failing(), () -> {
            throw gone;
        });
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> offsets.write(both()))
                .isSameAs(gone);
    }

    /// The group has the offsets, and the next commit writes them again.
    @Test
    void brokersThatAreAwayDoNot() {
        Failing failing = new Failing();
        assertThatCode(() -> offsets(failing, () -> {}).write(both())).doesNotThrowAnyException();
        assertThat(failing.tries).as("each takes max.block.ms").isOne();
    }

    /// The brokers answer after the commit.
    @Test
    void aWriteThatTheBrokersRefuseFailsTheNextCommit() {
        CommittedOffsets offsets = offsets(late, () -> {});
        offsets.write(both());
        var refused = new TopicAuthorizationException("t.classifier-m-guard");
        late.errorNext(refused);
        late.errorNext(new TimeoutException("120000 ms has passed since batch creation"));
        assertThatExceptionOfType(TopicAuthorizationException.class)
                .isThrownBy(() -> offsets.write(both()))
                .isSameAs(refused);
    }

    @Test
    void aWriteThatTimesOutIsLoggedAndMadeUpForByTheNextCommit() {
        CommittedOffsets offsets = offsets(late, () -> {});
        offsets.write(Map.of(SECOND, new OffsetAndMetadata(2)));
        List<String> warnings = warnings(() -> late.errorNext(new TimeoutException("no answer")));
        assertThat(warnings)
                .containsExactly(
                        "committed offset 2 of t.images-1 could not be written to topic t.classifier-m-guard: no answer");

        offsets.write(Map.of(SECOND, new OffsetAndMetadata(3)));
        assertThat(warnings(late::completeNext)).isEmpty();
        assertThat(GuardedOffset.fromBytes(late.history().getLast().value()).offset())
                .isEqualTo(3);
    }

    @Test
    void aWriteThatTimesOutSinceTheGuardTopicIsGoneFailsTheNextCommit() {
        var gone = new UnknownTopicOrPartitionException("there is no topic t.classifier-m-guard");
        CommittedOffsets offsets = offsets(late, () -> {
            throw gone;
        });
        offsets.write(both());
        late.errorNext(new TimeoutException("no answer"));
        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> offsets.write(both()))
                .isSameAs(gone);
    }

    /// Without a limit a stop would wait for the delivery timeout of two minutes.
    @Test
    void theProducerHasThreeSecondsToSendTheRest() {
        List<Duration> timeouts = new ArrayList<>();
        offsets(closing(timeouts), () -> {}).close();
        assertThat(timeouts).containsExactly(Duration.ofSeconds(3));
    }

    private CommittedOffsets offsets(Runnable requireTopic) {
        return offsets(producer, requireTopic);
    }

    private static CommittedOffsets offsets(Producer<byte[], byte[]> producer, Runnable requireTopic) {
        return new CommittedOffsets(TOPIC, name -> TOPIC_ID, requireTopic, producer);
    }

    private static Map<TopicPartition, OffsetAndMetadata> both() {
        Map<TopicPartition, OffsetAndMetadata> both = new LinkedHashMap<>();
        both.put(FIRST, new OffsetAndMetadata(1));
        both.put(SECOND, new OffsetAndMetadata(2));
        return both;
    }

    private static MockProducer<byte[], byte[]> closing(List<Duration> timeouts) {
        return new MockProducer<>() {
            @Override
            public void close(Duration timeout) {
                timeouts.add(timeout);
            }
        };
    }

    private static List<String> warnings(Runnable step) {
        Logger logger = (Logger) LoggerFactory.getLogger(CommittedOffsets.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        step.run();
        logger.detachAppender(lines);
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /// As Kafka's producer fails if it gets no metadata in time.
    private static final class Failing extends MockProducer<byte[], byte[]> {
        private int tries;

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback answered) {
            tries++;
            var failure = new TimeoutException("not present in metadata after 1000 ms");
            answered.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }
    }
}
