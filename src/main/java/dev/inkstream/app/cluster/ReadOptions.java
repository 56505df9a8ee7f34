package dev.inkstream.app.cluster;

import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.signature.SigningKey;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.runtime.TopicCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;

/// What every command about models and predictions needs: the cluster, the topics, whose records it accepts, and how
/// results are written.
public final class ReadOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private TopicOptions topics = new TopicOptions();

    @Mixin
    private TrustOption trust = new TrustOption();

    @Mixin
    private ScopeOption scope = new ScopeOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /// Whether results are for programs.
    public boolean json() {
        return output.json();
    }

    /// Connects, and checks that the topics exist which a command uses.
    ///
    /// @param terminal takes a sentence now and then while nothing answers
    /// @param stop ends the waiting
    /// @throws dev.inkstream.app.console.UsageException if an option is wrong
    /// @throws dev.inkstream.stream.runtime.TopicsNotReadyException if a topic is missing
    public ReadAccess connect(
            Terminal terminal, StopSignal stop, Function<Topics, ? extends List<? extends Topic<?, ?>>> used)
            throws InterruptedException {
        return connect(terminal, stop, Optional.empty(), used);
    }

    /// The same for a command that also publishes versions.
    ///
    /// @param sign signs them
    public ReadAccess connect(
            Terminal terminal,
            StopSignal stop,
            SignOption sign,
            Function<Topics, ? extends List<? extends Topic<?, ?>>> used)
            throws InterruptedException {
        return connect(terminal, stop, sign.key(kafka), used);
    }

    private ReadAccess connect(
            Terminal terminal,
            StopSignal stop,
            Optional<SigningKey> own,
            Function<Topics, ? extends List<? extends Topic<?, ?>>> used)
            throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        Topics plain = topics.topics();
        Keys keys = new Keys(own, trust.keys(kafka), scope);
        try (Admin admin = kafka.broker(stop, terminal.err()::println).connect(settings)) {
            TopicCheck.verify(admin, List.copyOf(used.apply(plain)));
            return new ReadAccess(
                    settings,
                    plain.with(keys.ofReader(admin)),
                    new AvroSerdes(kafka.registry(settings, stop, terminal.err()::println)),
                    new TopicReader(settings, stop));
        }
    }
}
