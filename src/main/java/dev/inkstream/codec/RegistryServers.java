package dev.inkstream.codec;

import static dev.inkstream.codec.RegistryPatience.least;

import dev.inkstream.codec.RegistryAttempt.Answered;
import dev.inkstream.codec.RegistryAttempt.Outage;
import dev.inkstream.codec.RegistryAttempt.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// The servers of one schema registry, asked until one answers or patience ends. Thread-safe.
///
/// After an outage of one server the next is asked at once; when all have failed, after a pause, which doubles each
/// time, and is as long as a server asks for (`Retry-After`) but no longer than patience.
final class RegistryServers {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration WORTH_A_NOTICE = Duration.ofSeconds(1);

    private final List<RegistryUrl> urls;
    private final RegistryHttp http;
    private final RegistryTime time;
    private final Consumer<String> notices;
    private final AtomicInteger turn = new AtomicInteger();

    RegistryServers(RestSchemaRegistry.Settings settings, RegistryTime time, Consumer<String> notices) {
        this.urls = settings.urls();
        this.http = new RegistryHttp(settings);
        this.time = time;
        this.notices = notices;
    }

    /// What the first server that works answers.
    ///
    /// @throws SchemaRegistryException if none does before the deadline, or one refuses
    /// @throws InterruptException if the thread is interrupted, or the process is to stop
    RegistryAnswer ask(RegistryRequest request, RegistryDeadline deadline) {
        try {
            return untilAnswered(request, deadline);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private RegistryAnswer untilAnswered(RegistryRequest request, RegistryDeadline deadline)
            throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int failed = 1; ; failed++) {
            RegistryDeadline ofThisTry = deadline.ofNextTry();
            if (!ofThisTry.patience().isPositive()) {
                throw failure("took more than " + deadline.patience().toSeconds()
                        + " s for all requests that one schema needs; check that the registry works");
            }
            RegistryUrl server = urls.get(Math.floorMod(turn.get(), urls.size()));
            switch (http.ask(request, server, ofThisTry)) {
                case Answered it -> {
                    return it.answer();
                }
                case Refused it -> throw failure(server.toString(), it.what() + "; " + it.remedy(), it.cause());
                case Outage it -> {
                    next();
                    boolean isLast = !deadline.ofNextTry().patience().isPositive();
                    if (isLast || failed % urls.size() == 0) {
                        pauseAfter(it, pause, deadline, failed);
                        pause = least(pause.multipliedBy(2), LONGEST_PAUSE);
                    }
                }
            }
        }
    }

    private void pauseAfter(Outage outage, Duration pause, RegistryDeadline deadline, int failed)
            throws InterruptedException {
        Duration left = deadline.left();
        Duration patience = deadline.patience();
        if (!left.isPositive()) {
            throw failure(
                    toString(),
                    outage.what() + ", after retries for " + patience.toSeconds() + " s; " + outage.remedy(),
                    outage.cause());
        }
        if (failed == urls.size() && patience.compareTo(WORTH_A_NOTICE) > 0) {
            notices.accept(
                    "schema registry " + this + " " + outage.what() + "; asking again for " + left.toSeconds() + " s");
        }
        time.sleep(least(
                outage.retryAfter().filter(asked -> asked.compareTo(pause) > 0).orElse(pause), left));
    }

    /// From now on, asks the next server first: where one does not know a schema, another may.
    void next() {
        turn.getAndIncrement();
    }

    /// @param what continues a sentence that starts with the addresses
    SchemaRegistryException failure(String what) {
        return failure(toString(), what, null);
    }

    private static SchemaRegistryException failure(String server, String what, @Nullable Throwable cause) {
        return new SchemaRegistryException("schema registry " + server + " " + what, cause);
    }

    /// Without user and password.
    @Override
    public String toString() {
        return urls.stream().map(RegistryUrl::toString).collect(Collectors.joining(", "));
    }
}
