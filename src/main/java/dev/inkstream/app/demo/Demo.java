package dev.inkstream.app.demo;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.app.cluster.BrokerWait;
import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.monitor.Monitor;
import dev.inkstream.app.role.RoleFactory;
import dev.inkstream.app.topics.TopicCreation;
import dev.inkstream.codec.InMemorySchemaRegistry;
import dev.inkstream.record.Causes;
import dev.inkstream.stream.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/// Starts everything in the order in which it depends on each other, and stops it in the opposite one.
///
/// @param port of the broker, 0 for a free one
/// @param planning finds the images, which takes about as long as the broker's start; called once, by a thread of its
///     own
/// @param monitor of all its roles
record Demo(Terminal terminal, StopSignal stop, int port, Supplier<DemoPlan> planning, Monitor monitor) {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Returns when the plan is done, or the stop signal came.
    ///
    /// @param startNanos when the program started, by `System.nanoTime`
    /// @param addition what the ready line says besides
    void run(long startNanos, String addition) throws InterruptedException {
        StatusLine statusLine = new StatusLine(terminal);
        CompletableFuture<DemoPlan> planned = CompletableFuture.supplyAsync(
                planning,
                task -> Thread.ofPlatform().daemon().name("inkstream-demo-plan").start(task));
        try (EmbeddedBroker broker = EmbeddedBroker.start(port)) {
            KafkaSettings settings = KafkaSettings.at(broker.address());
            Topics topics = new Topics(Topics.DEFAULT_PREFIX);
            try (Admin admin = new BrokerWait(PATIENCE, stop, notice -> {}, System::nanoTime).connect(settings)) {
                TopicCreation.create(admin, topics.specs(PARTITIONS), Optional.empty());
                Optional<DemoPlan> plan = await(planned);
                if (plan.isPresent()) {
                    announce(statusLine, broker.address() + addition, plan.get());
                    RoleFactory roles = new RoleFactory(
                                    settings, admin, new InMemorySchemaRegistry(), monitor.meters(), line -> {})
                            .stoppedBy(stop);
                    DemoReporter reporter = new DemoReporter(
                            stop, plan.get(), statusLine, () -> Duration.ofNanos(System.nanoTime() - startNanos));
                    new DemoRun(terminal, plan.get(), roles, topics, monitor).run(reporter);
                }
            }
        }
    }

    /// The plan, or nothing if the stop signal comes first.
    private Optional<DemoPlan> await(CompletableFuture<DemoPlan> planned) {
        try {
            CompletableFuture.anyOf(planned, stop.requested()).join();
        } catch (CompletionException e) {
            throw Causes.unwrapped(e);
        }
        return stop.isRequested() ? Optional.empty() : Optional.of(planned.join());
    }

    private static void announce(StatusLine statusLine, String where, DemoPlan plan) {
        statusLine.line(plan.data().description());
        statusLine.line("training " + plan.settings().describe());
        statusLine.line("Kafka is ready on " + where);
        plan.live()
                .change()
                .ifPresent(change -> statusLine.line("After " + Text.count(change.at()) + " labeled images, "
                        + change.drift() + " changes all images"));
    }
}
