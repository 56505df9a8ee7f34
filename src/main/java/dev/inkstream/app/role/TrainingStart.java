package dev.inkstream.app.role;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.admin.KafkaFutures;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Where in `labeled-images` a new model begins. Immutable.
///
/// @param text an offset or `latest`; null if it was not given
record TrainingStart(@Nullable String text) {
    /// The whole log, or where the model began.
    static final TrainingStart USUAL = new TrainingStart(null);

    private static final String LATEST = "latest";
    private static final String OFFSET = "\\d{1,18}";

    /// Offsets that the log has: from the first on, without the end.
    record Log(String topic, long first, long end) {
        /// Those of a topic with one partition.
        static Log of(Admin admin, String topic) throws InterruptedException {
            return new Log(
                    topic, offset(admin, topic, OffsetSpec.earliest()), offset(admin, topic, OffsetSpec.latest()));
        }

        private static long offset(Admin admin, String topic, OffsetSpec which) throws InterruptedException {
            TopicPartition partition = new TopicPartition(topic, 0);
            return KafkaFutures.await(
                            admin.listOffsets(Map.of(partition, which)).partitionResult(partition))
                    .offset();
        }
    }

    /// Reads the log's offsets, once they are needed.
    @FunctionalInterface
    interface LogSource {
        Log get() throws InterruptedException;
    }

    /// @throws UsageException if it is neither an offset nor `latest`
    static TrainingStart of(@Nullable String text) {
        if (text != null && !text.equals(LATEST) && !text.matches(OFFSET)) {
            throw UsageException.of("--from", text, "an offset, or latest");
        }
        return new TrainingStart(text);
    }

    /// The first offset of a model without versions; empty for the whole log.
    ///
    /// @throws UserException if the log does not have the offset
    OptionalLong ofNew(LogSource log) throws InterruptedException {
        if (text == null) {
            return OptionalLong.empty();
        }
        Log now = log.get();
        long offset = text.equals(LATEST) ? now.end() : Long.parseLong(text);
        if (offset < now.first() || offset > now.end()) {
            throw new UserException("--from is %d; it must be from %d to %d, as the offsets of %s"
                    .formatted(offset, now.first(), now.end(), now.topic()));
        }
        return OptionalLong.of(offset);
    }

    /// The first offset of a model that has begun: `latest` was another offset then.
    ///
    /// @param begun empty for the whole log
    /// @throws UserException if another one was given
    OptionalLong ofBegun(String model, OptionalLong begun) {
        boolean same = text == null
                || (begun.isPresent() && (text.equals(LATEST) || Long.parseLong(text) == begun.getAsLong()));
        if (!same) {
            throw new UserException(
                    "--from is %s; model %s began with %s, and cannot begin elsewhere: leave --from out, or choose another --model"
                            .formatted(
                                    text,
                                    model,
                                    begun.isPresent() ? "offset " + begun.getAsLong() : "the first record of its log"));
        }
        return begun;
    }
}
