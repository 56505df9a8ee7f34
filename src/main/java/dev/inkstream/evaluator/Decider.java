package dev.inkstream.evaluator;

import dev.inkstream.evaluator.Decisions.Case;
import dev.inkstream.live.PairedOutcome;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides by the policy which version serves, as a function of the state and of what it is given. Commands are carried
/// out by [Commands]. Not thread-safe. See `docs/adr/0013-who-decides-what-serves.md`.
final class Decider {
    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    private final DecisionRules rules;
    private final ServingState state;
    private final Decisions decisions;
    private final Function<Contender, Judgment> judge;

    Decider(DecisionRules rules, ServingState state, Decisions decisions, Function<Contender, Judgment> judge) {
        this.rules = rules;
        this.state = state;
        this.decisions = decisions;
        this.judge = judge;
    }

    /// Ends what an earlier policy began, if this one does not judge: a trial and a wait would have no end. Called
    /// before anything else is decided.
    void endWhatIsNotJudged(Instant at) {
        if (rules.policy().judges()) {
            return;
        }
        String reason = "the policy is " + name() + " now, which judges no version";
        state.trial().ifPresent(trial -> {
            Optional<Contender> shadow = state.shadow();
            Evidence evidence = new Evidence(Optional.empty(), state.evidence());
            boolean challenged = state.challenger().isPresent();
            state.endTrial();
            decisions.add(
                    challenged ? Kind.REJECTED : Kind.CONFIRMED,
                    new Case(challenged ? shadow : state.serving(), evidence, at),
                    policy(reason));
        });
        stopTrials(at, reason);
    }

    /// A version was published.
    void published(Judgment judgment, Instant at) {
        Contender candidate = judgment.candidate();
        Case about = about(judgment, at);
        long newest = state.newest();
        state.newest(candidate.version());
        if (state.mode() == Mode.PINNED) {
            passOver(about, "an operator has pinned the serving version");
        } else if (rules.policy() == PromotionPolicy.MANUAL) {
            passOver(about, "only a command promotes a version");
        } else if (state.serving().filter(candidate::is).isPresent()) {
            passOver(about, "it serves already");
        } else if (candidate.version() <= newest) {
            decisions.add(Kind.REFUSED, about, policy("v" + newest + " was published before it"));
        } else if (rules.policy() == PromotionPolicy.ALWAYS) {
            promote(judgment, at, policy("every version is promoted"));
        } else if (state.lacksWhatServes()) {
            LOG.info("{} waits: what serves is on no topic, so that nothing can be compared with it", candidate.id());
            await(candidate, at);
        } else if (judgment.score().examples() < rules.minHoldout()) {
            LOG.info(
                    "{} waits for holdout images: there are {}, and at least {} are needed (--min-holdout)",
                    candidate.id(),
                    judgment.score().examples(),
                    rules.minHoldout());
            await(candidate, at);
        } else {
            consider(judgment, at);
        }
    }

    /// A holdout image was kept. A candidate that came before there were enough is judged now.
    void keptHoldout(long images, Instant at) {
        if (rules.policy().judges()
                && images >= rules.minHoldout()
                && state.trial().isEmpty()
                && !state.lacksWhatServes()) {
            considerWaiting(at);
        }
    }

    /// A label has come for an image that both the shadow and the serving version classified.
    void compared(PairedOutcome outcome, Instant at) {
        Optional<Trial> trial = state.trial();
        if (!rules.policy().judges()
                || trial.isEmpty()
                || state.shadow().isEmpty()
                || state.serving().isEmpty()) {
            return;
        }
        Contender shadow = state.shadow().get();
        Contender serving = state.serving().get();
        if (outcome.shadow() != shadow.version() || outcome.serving() != serving.version()) {
            return; // Of a version that was replaced meanwhile.
        }
        Trial after = trial.get().plus(outcome);
        state.tried(after);
        if (!outcome.isWin() && !outcome.isLoss() && after.labels() < rules.trialLabels()) {
            return; // The evidence is as it was.
        }
        LiveEvidence evidence = after.evidence(shadow.version(), serving.version());
        Case about = Case.of(shadow, new Evidence(Optional.empty(), Optional.of(evidence)), at);
        switch (after.kind()) {
            case CHALLENGE -> challenged(about, evidence);
            case WATCH -> watched(about, evidence);
        }
    }

    private void challenged(Case about, LiveEvidence evidence) {
        if (evidence.better() >= rules.enough()) {
            promoteShadow(about, evidence);
        } else if (evidence.worse() >= rules.enough()) {
            reject(about, "worse than v" + evidence.serving() + " on labeled images");
        } else if (evidence.labels() >= rules.trialLabels()) {
            reject(about, "not better than v" + evidence.serving() + " on " + evidence.labels() + " labeled images");
        }
    }

    /// It is scored again, since holdout images may have come or changed while it ran.
    private void promoteShadow(Case about, LiveEvidence evidence) {
        Judgment judgment = judge.apply(about.version().orElseThrow());
        noteBest(judgment);
        Evidence both = new Evidence(judgment.evidence(), Optional.of(evidence));
        serve(
                Kind.PROMOTED,
                new Case(about.version(), both, about.at()),
                policy("better than v" + evidence.serving() + " on labeled images"));
    }

    private void noteBest(Judgment judgment) {
        if (judgment.isBest()) {
            state.best(judgment.candidate());
        }
    }

    private void reject(Case about, String reason) {
        state.endTrial();
        decisions.add(Kind.REJECTED, about, policy(reason));
        considerWaiting(about.at());
    }

    private void watched(Case about, LiveEvidence evidence) {
        if (evidence.better() >= rules.enough()) {
            restore(about, policy("better than v" + evidence.serving() + ", which replaced it, on labeled images"));
        } else if (evidence.worse() >= rules.enough() || evidence.labels() >= rules.trialLabels()) {
            state.endTrial();
            Case confirmed = new Case(state.serving(), about.evidence(), about.at());
            decisions.add(
                    Kind.CONFIRMED,
                    confirmed,
                    policy("v" + evidence.shadow() + ", which it replaced, was not better on labeled images"));
            considerWaiting(about.at());
        }
    }

    /// A version serves again, and promotions are held.
    void restore(Case about, Origin origin) {
        OptionalLong replaced = state.standing().serving();
        Optional<Contender> challenger = state.challenger();
        state.restore(about.version().orElseThrow());
        state.endTrial();
        state.mode(Mode.HELD);
        decisions.add(Kind.RESTORED, about, origin, replaced);
        endsTrialOf(challenger, about);
        considerWaiting(about.at());
    }

    /// A version serves from now on, by the policy or by a command.
    void promote(Judgment judgment, Instant at, Origin origin) {
        noteBest(judgment);
        serve(Kind.PROMOTED, about(judgment, at), origin);
    }

    private void serve(Kind kind, Case about, Origin origin) {
        OptionalLong replaced = state.standing().serving();
        Optional<Contender> before = state.serving();
        Optional<Contender> challenger = state.challenger();
        state.serve(about.version().orElseThrow());
        state.mode(Mode.FOLLOWING);
        state.endTrial();
        before.filter(one -> rules.policy().judges()).ifPresent(one -> state.run(one, Trial.Kind.WATCH));
        decisions.add(kind, about, origin, replaced);
        endsTrialOf(challenger, about);
    }

    /// A decision about another version has ended the trial of a candidate.
    void endsTrialOf(Optional<Contender> challenger, Case about) {
        Contender serves = about.version().orElseThrow();
        challenger
                .filter(one -> !one.is(serves))
                .ifPresent(one -> decisions.add(
                        Kind.REJECTED,
                        Case.of(one, Evidence.NONE, about.at()),
                        policy("v" + serves.version() + " serves since before its trial ended")));
    }

    private void consider(Judgment judgment, Instant at) {
        Contender candidate = judgment.candidate();
        HoldoutEvidence evidence = judgment.evidence().orElseThrow();
        Optional<String> against = against(evidence);
        if (against.isPresent()) {
            decisions.add(Kind.REFUSED, about(judgment, at), policy(against.get()));
        } else if (state.serving().isEmpty()) {
            promote(judgment, at, policy("the first version that is better than guessing"));
        } else if (rules.policy() == PromotionPolicy.HOLDOUT && state.mode() == Mode.FOLLOWING) {
            promote(judgment, at, policy("not worse than the serving version on the holdout images"));
        } else if (state.trial().isEmpty()) {
            state.run(candidate, Trial.Kind.CHALLENGE);
            decisions.add(
                    Kind.SHADOWED,
                    about(judgment, at),
                    policy("not worse than the serving version on the holdout images"));
        } else {
            await(candidate, at);
        }
    }

    /// What the holdout images say against a version; empty if nothing.
    private Optional<String> against(HoldoutEvidence evidence) {
        if (rules.minAccuracy().isPresent()) {
            if (evidence.accuracy() < rules.minAccuracy().getAsDouble()) {
                return Optional.of(
                        "its holdout accuracy is below " + rules.minAccuracy().getAsDouble());
            }
        } else if (evidence.guessing() >= rules.significance()) {
            return Optional.of("no better than guessing on the holdout images");
        }
        return worse(evidence.serving(), "which serves").or(() -> worse(evidence.best(), "the best that has served"));
    }

    private Optional<String> worse(Optional<Paired> other, String which) {
        return other.filter(paired -> paired.worse() < rules.significance())
                .map(paired -> String.format(
                        Locale.ROOT, "worse than v%d, %s, on the holdout images", paired.version(), which));
    }

    private void await(Contender candidate, Instant at) {
        state.waiting()
                .ifPresent(older -> passOver(
                        Case.of(older, Evidence.NONE, at), "v" + candidate.version() + " came while it waited"));
        state.await(candidate);
    }

    /// The candidate that waits is judged by what serves now. Without enough holdout images it waits on.
    private void considerWaiting(Instant at) {
        state.waiting().filter(candidate -> rules.policy().judges()).ifPresent(candidate -> {
            Judgment judgment = judge.apply(candidate);
            if (judgment.score().examples() >= rules.minHoldout()) {
                state.await(null);
                consider(judgment, at);
            }
        });
    }

    /// Ends the trial and the wait, without a replacement.
    void stopTrials(Instant at, String reason) {
        state.endTrial();
        state.waiting().ifPresent(candidate -> {
            state.await(null);
            passOver(Case.of(candidate, Evidence.NONE, at), reason);
        });
    }

    private void passOver(Case about, String reason) {
        decisions.add(Kind.PASSED_OVER, about, policy(reason));
    }

    private static Case about(Judgment judgment, Instant at) {
        return Case.of(judgment.candidate(), new Evidence(judgment.evidence(), Optional.empty()), at);
    }

    private Origin policy(String reason) {
        return Origin.policy(name(), reason);
    }

    private String name() {
        return rules.policy().name().toLowerCase(Locale.ROOT);
    }
}
