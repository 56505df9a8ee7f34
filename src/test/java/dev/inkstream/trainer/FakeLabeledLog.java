package dev.inkstream.trainer;

import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.Frames;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// `labeled-images` as it is: with holes in its offsets, as transaction markers leave them, and with bad records
/// among the good. Remembers what was read again.
final class FakeLabeledLog implements LabeledLog {
    private static final long TIME = Pipeline.RECORD_TIME.toEpochMilli();

    /// @param example empty where the record is bad
    record Entry(long offset, LabeledImage example, byte[] value, long timestamp) {
        boolean isGood() {
            return example != null;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();

    /// So many records, of which every fifth is bad, by its label or for want of a timestamp, and every seventh offset
    /// is a hole.
    static FakeLabeledLog ofRecords(int records) {
        FakeLabeledLog log = new FakeLabeledLog();
        for (long offset = 0; log.entries.size() < records; offset++) {
            if (offset % 7 == 6) {
                continue;
            }
            LabeledImage example = Samples.example(offset);
            log.entries.add(
                    switch (log.entries.size() % 10) {
                        case 4 -> new Entry(offset, null, Frames.labeledImage(3, 2, 6, 4), TIME);
                        case 9 -> new Entry(offset, null, Samples.bytes(example), ConsumerRecord.NO_TIMESTAMP);
                        default -> new Entry(offset, example, Samples.bytes(example), TIME);
                    });
        }
        return log;
    }

    /// Good records at the offsets from 0 on.
    static FakeLabeledLog of(List<LabeledImage> examples) {
        FakeLabeledLog log = new FakeLabeledLog();
        for (LabeledImage example : examples) {
            log.entries.add(new Entry(log.entries.size(), example, Samples.bytes(example), TIME));
        }
        return log;
    }

    /// From offset `from` up to, not including, `to`.
    List<Entry> entries(long from, long to) {
        return entries.stream()
                .filter(entry -> entry.offset() >= from && entry.offset() < to)
                .toList();
    }

    long end() {
        return entries.getLast().offset() + 1;
    }

    /// The stretches read, as `from..to`, the end not included.
    List<String> reads() {
        return reads;
    }

    @Override
    public void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        reads.add(from + ".." + to);
        for (Entry entry : entries(from, to)) {
            reader.accept(new ConsumerRecord<>(
                    Samples.TOPICS.labeledImages().name(),
                    0,
                    entry.offset(),
                    entry.timestamp(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    Samples.text("id"),
                    entry.value(),
                    new RecordHeaders(),
                    Optional.empty()));
        }
    }
}
