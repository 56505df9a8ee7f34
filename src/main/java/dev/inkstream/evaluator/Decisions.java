package dev.inkstream.evaluator;

import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Origin;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Numbers the decisions about one model, and hands them on. Not thread-safe.
final class Decisions {
    private final String model;
    private final ServingState state;
    private final Consumer<ModelDecision> sink;

    Decisions(String model, ServingState state, Consumer<ModelDecision> sink) {
        this.model = model;
        this.state = state;
        this.sink = sink;
    }

    /// What is decided about, and when.
    ///
    /// @param version empty if it is about none
    /// @param at timestamp of the record that leads to the decision
    record Case(Optional<Contender> version, Evidence evidence, Instant at) {
        static Case of(Contender version, Evidence evidence, Instant at) {
            return new Case(Optional.of(version), evidence, at);
        }
    }

    /// Notes a decision, after the state has changed.
    void add(Kind kind, Case about, Origin origin) {
        add(kind, about, origin, OptionalLong.empty());
    }

    /// The same, of a decision that replaced what served.
    void add(Kind kind, Case about, Origin origin, OptionalLong replaced) {
        sink.accept(new ModelDecision(
                model,
                state.number(),
                kind,
                about.version().map(Contender::subject),
                replaced,
                origin,
                state.standing(),
                about.evidence(),
                about.at()));
    }
}
