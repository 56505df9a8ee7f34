package dev.inkstream.app.cluster;

import dev.inkstream.record.Causes;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/// Recognizes that another producer with the same transactional id has begun. Stateless.
public final class Fencing {
    private Fencing() {}

    /// Whether a failure or one of its causes says so.
    public static boolean caused(Throwable failure) {
        return Causes.include(ProducerFencedException.class, failure)
                || Causes.include(InvalidProducerEpochException.class, failure);
    }
}
