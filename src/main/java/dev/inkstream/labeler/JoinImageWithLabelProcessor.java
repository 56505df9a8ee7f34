package dev.inkstream.labeler;

import dev.inkstream.labeler.LabelerMeters.LabelResult;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.TimeIndex;
import dev.inkstream.stream.intake.DeadLetterSink;
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

    private final LabelerSettings settings;
    private final Deserializer<ImageRecord> images;
    private final DeadLetterSink deadLetters;
    private final LabelerMeters counts;
    private final long windowMillis;
    private ProcessorContext<byte[], Object> context;
    private KeyValueStore<byte[], byte[]> held;
    private KeyValueStore<byte[], byte[]> clocks;
    private JoinClock clock;
    private TimeIndex windows;

    JoinImageWithLabelProcessor(
            LabelerSettings settings,
            Deserializer<ImageRecord> images,
            DeadLetterSink deadLetters,
            LabelerMeters counts) {
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
        windows = new TimeIndex();
        try (KeyValueIterator<byte[], byte[]> all = held.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                windows.add(HeldRecord.fromBytes(entry.value).time(), entry.key, entry.value.length);
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
        HeldRecord arrived = HeldRecord.fromBytes(record.value());
        advance(arrived);
        byte[] id = record.key();
        byte[] before = held.get(id);
        if (before == null) {
            hold(id, arrived);
        } else {
            meet(id, HeldRecord.fromBytes(before), arrived);
        }
    }

    /// Advances the clock, and closes the windows that it leaves behind.
    private void advance(HeldRecord arrived) {
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
    private void hold(byte[] id, HeldRecord arrived) {
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
    private void meet(byte[] id, HeldRecord before, HeldRecord arrived) {
        if (arrived.time() - before.time() > windowMillis) {
            forget(id, NONE_CAME.formatted(settings.window()));
            hold(id, arrived);
        } else if (before.kind() == HeldRecord.Kind.JOINED || before.kind() == arrived.kind()) {
            if (arrived.kind() == HeldRecord.Kind.LABEL) {
                counts.count(LabelResult.DUPLICATE);
            }
        } else if (before.time() - arrived.time() > windowMillis) {
            tooLate(id, arrived);
        } else if (arrived.kind() == HeldRecord.Kind.IMAGE) {
            join(id, before, arrived, before);
        } else {
            join(id, before, before, arrived);
        }
    }

    private void join(byte[] id, HeldRecord before, HeldRecord image, HeldRecord label) {
        windows.remove(before.time(), id);
        ImageRecord pixels;
        try {
            pixels = images.deserialize(settings.topics().images().name(), image.payload());
        } catch (InvalidRecordException e) {
            // An earlier build took it in.
            held.delete(id);
            withoutImage(id, label, "the image of this id cannot be used: " + e.getMessage());
            return;
        }
        int shown = PendingLabel.fromBytes(label.payload(), label.time()).label();
        long time = Math.max(image.time(), label.time());
        put(id, HeldRecord.joined(time));
        counts.count(LabelResult.JOINED);
        context.forward(new Record<>(id, new LabeledImage(pixels, shown), time), LabelerTopology.WRITE_LABELED_IMAGES);
    }

    private void put(byte[] id, HeldRecord entry) {
        byte[] bytes = entry.toBytes();
        held.put(id, bytes);
        windows.add(entry.time(), id, bytes.length);
    }

    private HeldRecord.Kind forget(byte[] id, String why) {
        HeldRecord entry = HeldRecord.fromBytes(held.delete(id));
        windows.remove(entry.time(), id);
        if (entry.kind() == HeldRecord.Kind.LABEL) {
            withoutImage(id, entry, why);
        }
        return entry.kind();
    }

    private void tooLate(byte[] id, HeldRecord arrived) {
        if (arrived.kind() == HeldRecord.Kind.LABEL) {
            withoutImage(
                    id,
                    arrived,
                    "no image of this id is held, and stream time is more than " + settings.window()
                            + " past the label");
        }
    }

    private void withoutImage(byte[] id, HeldRecord entry, String why) {
        PendingLabel label = PendingLabel.fromBytes(entry.payload(), entry.time());
        counts.count(LabelResult.WITHOUT_IMAGE);
        deadLetters.send(
                new Record<>(id, label.value(), label.timestamp(), label.headers()),
                new InvalidRecordException(RejectReason.NO_IMAGE, why),
                label.where(),
                context);
    }
}
