package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.InvalidRecordException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reports records that cannot be read, and reads on.
///
/// @param notices takes a line for each
public record LeftOut(Consumer<String> notices) {
    private static final int MOST = 100;

    /// Reports each record once, however often it is read, and no more than a hundred.
    public static LeftOut once(Consumer<String> notices) {
        Set<String> known = new HashSet<>();
        return new LeftOut(notice -> {
            if (known.size() < MOST && known.add(notice)) {
                notices.accept(notice);
            }
        });
    }

    /// Gives each record that can be read to the sink.
    ///
    /// @param sink throws [InvalidRecordException] for one that cannot
    public Consumer<ConsumerRecord<byte[], byte[]>> around(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        return record -> {
            try {
                sink.accept(record);
            } catch (InvalidRecordException e) {
                notices.accept("%s-%d@%d is left out: %s"
                        .formatted(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                Text.printable(String.valueOf(e.getMessage()))));
            }
        };
    }
}
