package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.intake.CommittedReader;
import java.time.Duration;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Loads the weights of one version from `weight-snapshots`.
public record KafkaWeights(ReadAccess access) implements LongFunction<Weights> {
    private static final CommittedReader READER = new CommittedReader(Duration.ofSeconds(30), System::nanoTime);

    @Override
    public Weights apply(long offset) {
        Topic<String, WeightSnapshot> topic = access.topics().weightSnapshots();
        try (KafkaConsumer<byte[], byte[]> consumer = access.reader().openToEnds()) {
            return new KafkaNetworks(consumer, READER, topic.name(), topic.decoder(access.serdes()))
                    .snapshot(offset)
                    .weights();
        }
    }
}
