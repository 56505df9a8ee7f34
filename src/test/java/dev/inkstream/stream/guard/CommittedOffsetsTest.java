package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class CommittedOffsetsTest {
    private static final Uuid TOPIC_ID = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEQ");
    private static final TopicPartition FIRST = new TopicPartition("t.images", 0);
    private static final TopicPartition SECOND = new TopicPartition("t.images", 1);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

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

    @Test
    void theProducerIsClosedWithThem() {
        offsets(() -> {}).close();
        assertThat(producer.closed()).isTrue();
    }

    private CommittedOffsets offsets(Runnable requireTopic) {
        return offsets(producer, requireTopic);
    }

    private static CommittedOffsets offsets(Producer<byte[], byte[]> producer, Runnable requireTopic) {
        return new CommittedOffsets(new GuardTopic("t.classifier-m"), name -> TOPIC_ID, requireTopic, producer);
    }

    private static Map<TopicPartition, OffsetAndMetadata> both() {
        Map<TopicPartition, OffsetAndMetadata> both = new LinkedHashMap<>();
        both.put(FIRST, new OffsetAndMetadata(1));
        both.put(SECOND, new OffsetAndMetadata(2));
        return both;
    }

    /// As Kafka's producer fails if it gets no metadata in time.
    private static final class Failing extends MockProducer<byte[], byte[]> {
        private int tries;

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            tries++;
            return CompletableFuture.failedFuture(new TimeoutException("not present in metadata after 1000 ms"));
        }
    }
}
