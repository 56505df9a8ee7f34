package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
    /// As right after the topic was created.
    @Test
    void aTopicThatTheBrokerDoesNotKnowYetIsAskedForAgain() {
        MockConsumer<byte[], byte[]> late = new MockConsumer<>("earliest") {
            private int asked;

            @Override
            public synchronized List<PartitionInfo> partitionsFor(String topic) {
                return asked++ < 2 ? List.of() : List.of(new PartitionInfo(topic, 1, null, null, null));
            }
        };
        assertThat(TopicReader.partitions(late, List.of("t"))).containsExactly(new TopicPartition("t", 1));
    }
}
