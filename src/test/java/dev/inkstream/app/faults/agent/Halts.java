package dev.inkstream.app.faults.agent;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// What rewritten methods call in a child process: ends it at the point that it was ordered to end at. Thread-safe.
///
/// Its state is static, since the calls are in classes that know nothing of it.
public final class Halts {
    /// Exit status of a process that has halted.
    public static final int STATUS = 99;

    private static final AtomicReference<@Nullable Order> ORDER = new AtomicReference<>();
    private static final AtomicBoolean CHANGELOG_SENT = new AtomicBoolean();

    private record Order(HaltPoint point, AtomicInteger left) {}

    private Halts() {}

    /// @param order point and count: `COMMIT_BEFORE 3` halts when the process comes there for the third time from now
    static void order(String order) {
        String[] words = order.split(" ");
        ORDER.set(new Order(HaltPoint.valueOf(words[0]), new AtomicInteger(Integer.parseInt(words[1]))));
    }

    /// The process is at a point.
    public static void at(String point) {
        Order order = ORDER.get();
        if (order != null && order.point().name().equals(point) && order.left().decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /// A producer is about to send a record.
    public static void sending(Object record) {
        if (((ProducerRecord<?, ?>) record).topic().endsWith("-changelog")) {
            at(HaltPoint.CHANGELOG_BEFORE.name());
            CHANGELOG_SENT.set(true);
        }
    }

    /// A producer has flushed.
    public static void flushed() {
        if (CHANGELOG_SENT.getAndSet(false)) {
            at(HaltPoint.CHANGELOG_AFTER.name());
        }
    }
}
