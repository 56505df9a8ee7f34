package dev.inkstream.app.cluster;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UserException;
import dev.inkstream.stream.admin.KafkaFutures;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TimeoutException;

/// The first contact with the cluster, whose broker may still be starting. Immutable; may be used by any thread.
///
/// @param time how long to wait for an answer; less than a second counts as one
/// @param stop ends the waiting
/// @param notices takes a sentence when no answer has come for a while, and again every 20 seconds
/// @param nanos a clock, as [System#nanoTime()]
public record BrokerWait(Duration time, StopSignal stop, Consumer<String> notices, LongSupplier nanos) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /// A broker that runs answers sooner.
    private static final Duration FIRST_NOTICE = Duration.ofSeconds(3);

    private static final Duration NEXT_NOTICE = Duration.ofSeconds(20);

    public BrokerWait {
        time = time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }

    /// An admin client that has reached a broker; the caller closes it.
    ///
    /// @throws UserException when no broker answers in time
    /// @throws KafkaException when the answer is a refusal
    /// @throws InterruptedException when a stop is requested
    public Admin connect(KafkaSettings settings) throws InterruptedException {
        Admin admin = Admin.create(settings.admin());
        try {
            reach(admin, settings);
            return admin;
        } catch (InterruptedException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private void reach(Admin admin, KafkaSettings settings) throws InterruptedException {
        String address = settings.bootstrapServers();
        DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(millis());
        try {
            await(admin.describeCluster(options).nodes().toCompletionStage().toCompletableFuture(), settings);
        } catch (TimeoutException e) {
            throw new UserException(
                    "no Kafka broker answered at %s within %d s: %s"
                            .formatted(address, time.toSeconds(), Listener.remedy(settings)),
                    e);
        } catch (KafkaException e) {
            throw new KafkaException("Kafka at %s cannot be used".formatted(address), e);
        }
    }

    /// One request for all of the time: a broker that is busy answers late, and would never answer a client that gives
    /// up early and asks again.
    private void await(CompletableFuture<Collection<Node>> answer, KafkaSettings settings) throws InterruptedException {
        long start = nanos.getAsLong();
        CompletableFuture<?> either = CompletableFuture.anyOf(answer, stop.requested());
        Duration patience = FIRST_NOTICE;
        while (!isDone(either, patience)) {
            Duration left = time.minusNanos(nanos.getAsLong() - start);
            if (left.isPositive()) {
                notices.accept("no Kafka broker at %s has answered yet; waiting up to %d s more: %s"
                        .formatted(settings.bootstrapServers(), left.toSeconds() + 1, Listener.remedy(settings)));
            }
            patience = NEXT_NOTICE;
        }
        if (!answer.isDone()) {
            throw new InterruptedException("stopped while it was waiting for a broker");
        }
        var _ = KafkaFutures.await(answer);
    }

    private static boolean isDone(CompletableFuture<?> either, Duration patience) throws InterruptedException {
        CompletableFuture<Boolean> done = either.handle((answer, failure) -> true);
        return KafkaFutures.await(done.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    private int millis() {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }
}
