package dev.inkstream.app.models;

import dev.inkstream.app.console.Text;
import dev.inkstream.record.InvalidRecordException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reports records that cannot be read, and reads on.
///
/// @param notices takes a line for each
record LeftOut(Consumer<String> notices) {
    /// Gives each record that can be read to the sink.
    ///
    /// @param sink throws [InvalidRecordException] for one that cannot
    Consumer<ConsumerRecord<byte[], byte[]>> around(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
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
