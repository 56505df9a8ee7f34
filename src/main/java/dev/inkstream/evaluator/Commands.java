package dev.inkstream.evaluator;

import dev.inkstream.evaluator.Decisions.Case;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what operators ask. Each command has one decision, which names it. Not thread-safe.
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final ServingState state;
    private final Decider decider;
    private final Decisions decisions;
    private final PublishedVersions versions;
    private final Function<Contender, Judgment> judge;

    Commands(
            ServingState state,
            Decider decider,
            Decisions decisions,
            PublishedVersions versions,
            Function<Contender, Judgment> judge) {
        this.state = state;
        this.decider = decider;
        this.decisions = decisions;
        this.versions = versions;
        this.judge = judge;
    }

    void carryOut(ModelCommand command, Instant at) {
        if (state.carriedOut().has(command.id())) {
            LOG.info("command {} was decided about before", command.id());
            return;
        }
        state.carriedOut().add(command.id());
        switch (command.request()) {
            case Request.Promote promote -> promote(command, promote.version(), at);
            case Request.Rollback rollback -> rollback(command, rollback.version(), at);
            case Request.Pin pin -> pin(command, pin.version(), at);
            case Request.Follow() -> follow(command, at);
            case Request.Alias alias -> alias(command, alias, at);
            case Request.Unknown() -> decline(command, at, "this build of the evaluator does not know it");
        }
    }

    private void promote(ModelCommand command, long version, Instant at) {
        Optional<Contender> found = versions.find(version);
        if (found.isEmpty()) {
            decline(command, at, unknown(version));
        } else if (state.mode() == Mode.PINNED) {
            decline(command, at, "v" + state.standing().serving().orElse(-1) + " is pinned; send follow first");
        } else if (serves(found.get())) {
            decline(command, at, "v" + version + " serves already");
        } else {
            decider.promote(judge.apply(found.get()), at, origin(command));
        }
    }

    private void rollback(ModelCommand command, OptionalLong version, Instant at) {
        Optional<Contender> found = version.isPresent() ? versions.find(version.getAsLong()) : state.before();
        if (found.isEmpty()) {
            decline(
                    command,
                    at,
                    version.isPresent()
                            ? unknown(version.getAsLong())
                            : "the evaluator knows no version that served before; name one");
        } else if (state.mode() == Mode.PINNED) {
            decline(command, at, "v" + state.standing().serving().orElse(-1) + " is pinned; send follow first");
        } else if (serves(found.get())) {
            decline(command, at, "v" + found.get().version() + " serves already");
        } else {
            decider.restore(about(found.get(), at), origin(command));
        }
    }

    private void pin(ModelCommand command, long version, Instant at) {
        Optional<Contender> found = versions.find(version);
        if (found.isEmpty()) {
            decline(command, at, unknown(version));
            return;
        }
        OptionalLong replaced =
                serves(found.get()) ? OptionalLong.empty() : state.standing().serving();
        Case about = about(found.get(), at);
        if (!serves(found.get())) {
            state.serve(found.get());
        }
        Optional<Contender> challenger = state.challenger();
        state.mode(Mode.PINNED);
        state.endTrial();
        decisions.add(Kind.PINNED, about, origin(command), replaced);
        decider.endsTrialOf(challenger, about);
        decider.stopTrials(at, "an operator has pinned v" + version);
    }

    private void follow(ModelCommand command, Instant at) {
        if (state.mode() == Mode.FOLLOWING) {
            decline(command, at, "the policy decides already");
            return;
        }
        if (state.lacksWhatServes()) {
            decline(
                    command,
                    at,
                    "no topic has the version that serves, so nothing can be compared with it; promote one");
            return;
        }
        state.mode(Mode.FOLLOWING);
        decisions.add(Kind.FOLLOWED, new Case(state.serving(), Evidence.NONE, at), origin(command));
    }

    private void alias(ModelCommand command, Request.Alias alias, Instant at) {
        Optional<Contender> found = versions.find(alias.version());
        if (found.isEmpty()) {
            decline(command, at, unknown(alias.version()));
        } else if (!state.aliases().containsKey(alias.alias())
                && state.aliases().size() >= ServingState.MAX_ALIASES) {
            decline(command, at, "there are " + ServingState.MAX_ALIASES + " aliases already; reuse one of them");
        } else {
            state.aliases().put(alias.alias(), alias.version());
            Origin origin = new Origin(
                    command.requestedBy(), Optional.of(command.id()), command.reason(), Optional.of(alias.alias()));
            decisions.add(Kind.ALIASED, Case.of(found.get(), Evidence.NONE, at), origin);
        }
    }

    private void decline(ModelCommand command, Instant at, String reason) {
        decisions.add(
                Kind.DECLINED,
                new Case(Optional.empty(), Evidence.NONE, at),
                new Origin(command.requestedBy(), Optional.of(command.id()), reason, Optional.empty()));
    }

    private Case about(Contender version, Instant at) {
        return Case.of(version, new Evidence(judge.apply(version).evidence(), Optional.empty()), at);
    }

    private boolean serves(Contender version) {
        return state.serving().map(version::is).orElse(false);
    }

    private static String unknown(long version) {
        return "weight-snapshots has no v" + version + " of the model";
    }

    private static Origin origin(ModelCommand command) {
        return new Origin(command.requestedBy(), Optional.of(command.id()), command.reason(), Optional.empty());
    }
}
