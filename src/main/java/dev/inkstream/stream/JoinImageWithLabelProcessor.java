package dev.inkstream.stream;

import dev.inkstream.record.Defect;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.stream.LabelCounts.Outcome;
import java.nio.ByteBuffer;
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
    /// The one key in the store of the clock.
    static final byte[] CLOCK = {'c'};

    /// Where stream time was kept, in eight bytes, before the join had a clock.
    private static final byte[] UNVERSIONED_TIME = {'t'};

    private static final String NONE_CAME = "no image of this id came within %s";

    private final LabelerTopology.Settings settings;
    private final Deserializer<ImageRecord> images;
    private final DeadLetters deadLetters;
    private final LabelCounts counts;
    private final long windowMillis;
    private ProcessorContext<byte[], Object> context;
    private KeyValueStore<byte[], byte[]> held;
    private KeyValueStore<byte[], byte[]> clocks;
    private JoinClock clock;
    private HeldByTime windows;

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
        clocks = context.getStateStore(LabelerTopology.STREAM_TIME);
        clock = restoredClock();
        windows = new HeldByTime();
        try (KeyValueIterator<byte[], byte[]> all = held.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                windows.add(JoinEntry.fromBytes(entry.value).time(), entry.key, entry.value.length);
            }
        }
    }

    private JoinClock restoredClock() {
        byte[] state = clocks.get(CLOCK);
        if (state != null) {
            return JoinClock.fromBytes(state);
        }
        byte[] unversioned = clocks.get(UNVERSIONED_TIME);
        return unversioned == null
                ? new JoinClock()
                : JoinClock.at(ByteBuffer.wrap(unversioned).getLong());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        JoinEntry arrived = JoinEntry.fromBytes(record.value());
        advance(arrived);
        byte[] id = record.key();
        byte[] before = held.get(id);
        if (before == null) {
            hold(id, arrived);
        } else {
            meet(id, JoinEntry.fromBytes(before), arrived);
        }
    }

    /// Advances the clock, and closes the windows that it leaves behind.
    private void advance(JoinEntry arrived) {
        clock.advance(arrived.kind().clock(), arrived.time(), arrived.arrivedAt());
        clocks.put(CLOCK, clock.toBytes());
        var oldest = windows.oldest();
        while (oldest.isPresent() && isClosed(oldest.get().time())) {
            forget(oldest.get().id(), NONE_CAME.formatted(settings.window()));
            oldest = windows.oldest();
        }
    }

    private boolean isClosed(long time) {
        return time < clock.time() - windowMillis;
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

    /// Not the first of its id. What came first has ended for a record that is more than the window later, wherever
    /// the clock is.
    private void meet(byte[] id, JoinEntry before, JoinEntry arrived) {
        if (arrived.time() - before.time() > windowMillis) {
            forget(id, NONE_CAME.formatted(settings.window()));
            hold(id, arrived);
        } else if (before.kind() == JoinEntry.Kind.JOINED || before.kind() == arrived.kind()) {
            if (arrived.kind() == JoinEntry.Kind.LABEL) {
                counts.count(Outcome.DUPLICATE);
            }
        } else if (before.time() - arrived.time() > windowMillis) {
            tooLate(id, arrived);
        } else if (arrived.kind() == JoinEntry.Kind.IMAGE) {
            join(id, before, arrived, before);
        } else {
            join(id, before, before, arrived);
        }
    }

    private void join(byte[] id, JoinEntry before, JoinEntry image, JoinEntry label) {
        windows.remove(before.time(), id);
        ImageRecord pixels;
        try {
            pixels = images.deserialize(settings.topics().images(), image.payload());
        } catch (InvalidRecordException e) {
            // An earlier build took it in.
            held.delete(id);
            withoutImage(id, label, "the image of this id cannot be used: " + e.getMessage());
            return;
        }
        int shown = ArrivedLabel.fromBytes(label.payload(), label.time()).label();
        long time = Math.max(image.time(), label.time());
        put(id, JoinEntry.joined(time));
        counts.count(Outcome.JOINED);
        context.forward(new Record<>(id, new LabeledImage(pixels, shown), time), LabelerTopology.WRITE_LABELED_IMAGES);
    }

    private void put(byte[] id, JoinEntry entry) {
        byte[] bytes = entry.toBytes();
        held.put(id, bytes);
        windows.add(entry.time(), id, bytes.length);
    }

    private JoinEntry.Kind forget(byte[] id, String why) {
        JoinEntry entry = JoinEntry.fromBytes(held.delete(id));
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
        ArrivedLabel label = ArrivedLabel.fromBytes(entry.payload(), entry.time());
        counts.count(Outcome.WITHOUT_IMAGE);
        deadLetters.send(
                new Record<>(id, label.value(), label.timestamp(), label.headers()),
                new InvalidRecordException(Defect.NO_IMAGE, why),
                label.where(),
                context);
    }
}
