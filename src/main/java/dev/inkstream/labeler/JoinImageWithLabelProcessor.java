package dev.inkstream.labeler;

import dev.inkstream.labeler.LabelerMeters.LabelResult;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.RejectReason;
import dev.inkstream.stream.HeldStore;
import dev.inkstream.stream.JoinClock;
import dev.inkstream.stream.intake.DeadLetterSink;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
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

    private final LabelerSettings settings;
    private final Deserializer<ImageRecord> images;
    private final DeadLetterSink deadLetters;
    private final LabelerMeters meters;
    private final long windowMillis;
    private ProcessorContext<byte[], Object> context;
    private KeyValueStore<byte[], byte[]> clocks;
    private HeldStore<HeldRecord> held;
    private JoinClock clock;

    JoinImageWithLabelProcessor(
            LabelerSettings settings,
            Deserializer<ImageRecord> images,
            DeadLetterSink deadLetters,
            LabelerMeters meters) {
        this.settings = settings;
        this.images = images;
        this.deadLetters = deadLetters;
        this.meters = meters;
        windowMillis = settings.window().toMillis();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
        held = new HeldStore<>(context.getStateStore(LabelerTopology.HELD), HeldRecord::fromBytes);
        clocks = context.getStateStore(LabelerTopology.STREAM_TIME);
        clock = restoredClock();
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
        clock.advance(arrived.kind().clock(), arrived.time(), arrived.arrivedAt());
        clocks.put(CLOCK, clock.toBytes());
        held.expire(clock.time() - windowMillis, this::expire);
        byte[] id = record.key();
        HeldRecord before = held.get(id);
        if (before != null && before.time() + windowMillis < arrived.time()) {
            // It has expired for a record that is late enough, wherever the clock is.
            expire(id, before);
            before = null;
        }
        if (before == null) {
            hold(id, arrived);
        } else {
            meet(id, before, arrived);
        }
    }

    /// The first of its id.
    private void hold(byte[] id, HeldRecord arrived) {
        if (arrived.time() + windowMillis < clock.time()) {
            tooLate(id, arrived);
            return;
        }
        held.put(id, null, arrived);
        held.evict(settings.maxBytesPerTask(), this::evict);
    }

    /// Not the first of its id.
    private void meet(byte[] id, HeldRecord before, HeldRecord arrived) {
        if (before.kind() == HeldRecord.Kind.JOINED || before.kind() == arrived.kind()) {
            if (arrived.kind() == HeldRecord.Kind.LABEL) {
                meters.count(LabelResult.DUPLICATE);
            }
        } else if (arrived.time() + windowMillis < before.time()) {
            tooLate(id, arrived);
        } else if (arrived.kind() == HeldRecord.Kind.IMAGE) {
            join(id, before, arrived, before);
        } else {
            join(id, before, before, arrived);
        }
    }

    private void join(byte[] id, HeldRecord before, HeldRecord image, HeldRecord label) {
        ImageRecord pixels;
        try {
            pixels = pixels(image.content());
        } catch (InvalidRecordException e) {
            // An earlier build took it in.
            held.remove(id, before);
            withoutImage(id, label, "the image of this id cannot be used: " + e.getMessage());
            return;
        }
        int shown = label.pendingLabel().label();
        long time = Math.max(image.time(), label.time());
        held.put(id, before, HeldRecord.joined(time));
        meters.count(LabelResult.JOINED);
        context.forward(new Record<>(id, new LabeledImage(pixels, shown), time), LabelerTopology.WRITE_LABELED_IMAGES);
    }

    /// @throws InvalidRecordException if the image comes from an earlier build and is not valid
    private ImageRecord pixels(HeldContent content) {
        return switch (content) {
            case HeldContent.Image(ImageRecord image) -> image;
            case HeldContent.EncodedImage(byte[] value) ->
                images.deserialize(settings.topics().images().name(), value);
            case HeldContent.Label _, HeldContent.Joined _ -> throw new IllegalArgumentException("not an image");
        };
    }

    private void expire(byte[] id, HeldRecord entry) {
        forget(id, entry, "no image of this id came within " + settings.window());
    }

    private void evict(byte[] id, HeldRecord entry) {
        forget(id, entry, "no image of this id had come when the memory for waiting labels ran out");
        meters.evicted(entry.kind());
    }

    private void forget(byte[] id, HeldRecord entry, String why) {
        held.remove(id, entry);
        if (entry.kind() == HeldRecord.Kind.LABEL) {
            withoutImage(id, entry, why);
        }
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
        PendingLabel label = entry.pendingLabel();
        meters.count(LabelResult.WITHOUT_IMAGE);
        deadLetters.send(
                new Record<>(id, label.value(), label.timestamp(), label.headers()),
                new InvalidRecordException(RejectReason.NO_IMAGE, why),
                label.where(),
                context);
    }
}
