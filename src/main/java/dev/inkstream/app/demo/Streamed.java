package dev.inkstream.app.demo;

import dev.inkstream.dataset.Drift;
import dev.inkstream.dataset.Images;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The images that are classified, which may change midway, and their labels, which follow after a time. Numbers
/// count images from 0 in the order in which they are sent. Thread-safe.
final class Streamed {
    private static final long NOT_YET = Long.MAX_VALUE;
    private static final long NOTE_EVERY_NANOS = Duration.ofMillis(5).toNanos();

    private final Images before;
    private final @Nullable Images after;
    private final long delayNanos;
    private final LongSupplier nanoTime;
    private final Deque<Sent> notDue = new ArrayDeque<>();
    private boolean changing;
    private long changedAt = NOT_YET;
    private long due;
    private long labels;

    private record Sent(long images, long nanoTime) {}

    /// @param nanoTime as `System::nanoTime`
    Streamed(Images images, Optional<Drift> drift, Duration labelDelay, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        before = images;
        after = drift.map(change -> change.apply(images)).orElse(null);
        delayNanos = labelDelay.toNanos();
    }

    /// Changes the images that are sent from now on.
    synchronized void change() {
        changing = true;
    }

    /// Whether [#change()] was called.
    synchronized boolean hasChanged() {
        return changing;
    }

    /// The set that the next image is taken from.
    synchronized Images image(long number) {
        if (changing && changedAt == NOT_YET) {
            changedAt = number;
        }
        return label(number);
    }

    /// The set that an image was taken from, and so its label is.
    synchronized Images label(long number) {
        return after == null || number < changedAt ? before : after;
    }

    /// Notes how many images have been sent by now.
    synchronized void sent(long images) {
        long now = nanoTime.getAsLong();
        if (notDue.isEmpty() || now - notDue.getLast().nanoTime() >= NOTE_EVERY_NANOS) {
            notDue.addLast(new Sent(images, now));
        }
    }

    /// Whether an image was sent so long ago that its label follows.
    synchronized boolean labelIsDue(long number) {
        labels = number;
        long now = nanoTime.getAsLong();
        while (!notDue.isEmpty() && now - notDue.getFirst().nanoTime() >= delayNanos) {
            due = notDue.removeFirst().images();
        }
        return number < due;
    }

    /// How many labels of changed images have been sent.
    synchronized long labelsAfterChange() {
        return Math.max(0, labels - changedAt);
    }

    /// The set that image `i` of a pass was taken from; empty for the pass in the middle of which they changed.
    synchronized Optional<Images> inPass(int pass) {
        long first = (long) pass * before.size();
        if (after == null || first + before.size() <= changedAt) {
            return Optional.of(before);
        }
        return first >= changedAt ? Optional.of(after) : Optional.empty();
    }
}
