package dev.inkstream.stream;

import dev.inkstream.record.Defect;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.LabelCounts.Outcome;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/// Joins each image with its label, by the rules that [LabelerTopology] states.
///
/// The store has one entry for each id of which something is held: its image, or its label, or the mark that both
/// were joined. It never has to hold an image and a label that are not joined: where the two are further apart than
/// the window, the window of one of them has closed.
final class JoinImageWithLabelProcessor implements Processor<byte[], byte[], byte[], Object> {
    /// The one key in the store of stream time.
    static final byte[] NOW = {'t'};

    private static final byte[] NOTHING = {};

    private final LabelerTopology.Settings settings;
    private final Deserializer<ImageRecord> images;
    private final DeadLetters deadLetters;
    private final LabelCounts counts;
    private final long windowMillis;
    private ProcessorContext<byte[], Object> context;
    private KeyValueStore<byte[], byte[]> held;
    private KeyValueStore<byte[], Long> clock;
    private HeldByTime windows;
    private long streamTime;

    JoinImageWithLabelProcessor(
            LabelerTopology.Settings settings,
            Deserializer<ImageRecord> images,
            DeadLetters deadLetters,
            LabelCounts counts) {
        this.settings = settings;
        this.images = images;
        this.deadLetters = deadLetters;
        this.counts = counts;
        windowMillis = settings.window().toMillis();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        held = context.getStateStore(LabelerTopology.HELD);
        clock = context.getStateStore(LabelerTopology.STREAM_TIME);
        streamTime = Optional.ofNullable(clock.get(NOW)).orElse(0L);
        windows = new HeldByTime();
        try (KeyValueIterator<byte[], byte[]> all = held.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                windows.add(JoinEntry.ofBytes(entry.value).time(), entry.key, entry.value.length);
            }
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        advance(record.timestamp());
        byte[] id = record.key();
        JoinEntry arrived = JoinEntry.ofBytes(record.value());
        byte[] before = held.get(id);
        if (before == null) {
            hold(id, arrived);
        } else {
            meet(id, JoinEntry.ofBytes(before), arrived);
        }
    }

    /// Moves stream time on, and closes what it has left behind.
    private void advance(long timestamp) {
        if (timestamp <= streamTime) {
            return;
        }
        streamTime = timestamp;
        clock.put(NOW, streamTime);
        var oldest = windows.oldest();
        while (oldest.isPresent() && isClosed(oldest.get().time())) {
            forget(oldest.get().id(), "no image of this id came within " + settings.window());
            oldest = windows.oldest();
        }
    }

    private boolean isClosed(long time) {
        return time < streamTime - windowMillis;
    }

    /// The first of its id.
    private void hold(byte[] id, JoinEntry arrived) {
        if (isClosed(arrived.time())) {
            tooLate(id, arrived);
            return;
        }
        put(id, arrived);
        while (windows.bytes() > settings.maxBytesPerTask()) {
            byte[] oldest = windows.oldest().orElseThrow().id();
            counts.evicted(forget(oldest, "no image of this id had come when the memory for waiting labels ran out"));
        }
    }

    /// Not the first of its id.
    private void meet(byte[] id, JoinEntry before, JoinEntry arrived) {
        if (before.kind() == JoinEntry.Kind.JOINED || before.kind() == arrived.kind()) {
            if (arrived.kind() == JoinEntry.Kind.LABEL) {
                counts.count(Outcome.DUPLICATE);
            }
        } else if (Math.abs(before.time() - arrived.time()) > windowMillis) {
            // The one that is held is within the window of stream time, so the other has been overtaken by it.
            tooLate(id, arrived);
        } else if (arrived.kind() == JoinEntry.Kind.IMAGE) {
            join(id, before, arrived, before);
        } else {
            join(id, before, before, arrived);
        }
    }

    private void join(byte[] id, JoinEntry before, JoinEntry image, JoinEntry label) {
        ImageRecord pixels = images.deserialize(settings.topics().images(), image.payload());
        int shown = ArrivedLabel.ofBytes(label.payload()).label();
        long time = Math.max(image.time(), label.time());
        windows.remove(before.time(), id);
        put(id, JoinEntry.of(JoinEntry.Kind.JOINED, time, NOTHING));
        counts.count(Outcome.JOINED);
        context.forward(new Record<>(id, new LabeledImage(pixels, shown), time), LabelerTopology.WRITE_LABELED_IMAGES);
    }

    private void put(byte[] id, JoinEntry entry) {
        held.put(id, entry.bytes());
        windows.add(entry.time(), id, entry.bytes().length);
    }

    private JoinEntry.Kind forget(byte[] id, String why) {
        JoinEntry entry = JoinEntry.ofBytes(held.delete(id));
        windows.remove(entry.time(), id);
        if (entry.kind() == JoinEntry.Kind.LABEL) {
            withoutImage(id, entry, why);
        }
        return entry.kind();
    }

    private void tooLate(byte[] id, JoinEntry arrived) {
        if (arrived.kind() == JoinEntry.Kind.LABEL) {
            withoutImage(
                    id,
                    arrived,
                    "no image of this id is held, and stream time is more than " + settings.window()
                            + " past the label");
        }
    }

    private void withoutImage(byte[] id, JoinEntry entry, String why) {
        ArrivedLabel label = ArrivedLabel.ofBytes(entry.payload());
        counts.count(Outcome.WITHOUT_IMAGE);
        deadLetters.send(
                new Record<>(id, label.value(), entry.time(), label.headers()),
                new InvalidRecordException(Defect.NO_IMAGE, why),
                label,
                context);
    }
}
