package dev.inkstream.evaluator;

import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Standing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What serves, what runs beside it, and what waits: all that a decision depends on, beside the evidence. Not
/// thread-safe.
final class ServingState {
    /// More names than an operator keeps apart.
    static final int MAX_ALIASES = 100;

    private @Nullable Contender serving;
    /// Served until [#serving] did: a roll-back without a version goes there.
    private @Nullable Contender before;

    private @Nullable Contender best;
    private @Nullable Contender shadow;
    private @Nullable Contender waiting;
    private @Nullable Trial trial;
    private Mode mode = Mode.FOLLOWING;
    private long decisions;
    private long newest = -1;
    private final Map<String, Long> aliases = new LinkedHashMap<>();
    private final CarriedOut carriedOut;

    ServingState(CarriedOut carriedOut) {
        this.carriedOut = carriedOut;
    }

    Optional<Contender> serving() {
        return Optional.ofNullable(serving);
    }

    Optional<Contender> before() {
        return Optional.ofNullable(before);
    }

    /// The version with the most holdout images correct of those that have served.
    Optional<Contender> best() {
        return Optional.ofNullable(best);
    }

    Optional<Contender> shadow() {
        return Optional.ofNullable(shadow);
    }

    /// The newest candidate that has not been decided about.
    Optional<Contender> waiting() {
        return Optional.ofNullable(waiting);
    }

    /// Empty without a shadow.
    Optional<Trial> trial() {
        return Optional.ofNullable(trial);
    }

    /// The candidate that runs beside the serving version; empty if the shadow is the version that was replaced.
    Optional<Contender> challenger() {
        return shadow().filter(one ->
                trial().filter(each -> each.kind() == Trial.Kind.CHALLENGE).isPresent());
    }

    /// What labels have shown about the shadow so far; empty without a trial.
    Optional<LiveEvidence> evidence() {
        return trial().flatMap(each ->
                shadow().flatMap(beside -> serving().map(serves -> each.evidence(beside.version(), serves.version()))));
    }

    Mode mode() {
        return mode;
    }

    /// Whether the version that serves is on no topic any more ([DecisionReplay]): nothing can be compared with it.
    boolean lacksWhatServes() {
        return serving == null && mode == Mode.HELD;
    }

    /// The highest version number seen; -1 before the first.
    long newest() {
        return newest;
    }

    Map<String, Long> aliases() {
        return aliases;
    }

    CarriedOut carriedOut() {
        return carriedOut;
    }

    Standing standing() {
        return new Standing(number(serving), number(shadow), mode);
    }

    private static OptionalLong number(@Nullable Contender contender) {
        return contender == null ? OptionalLong.empty() : OptionalLong.of(contender.version());
    }

    void serve(Contender next) {
        before = serving;
        serving = next;
        noLongerAwait(next);
    }

    /// A version serves again. What it replaces was found worse, so no roll-back without a version leads there.
    void restore(Contender again) {
        before = null;
        serving = again;
        noLongerAwait(again);
    }

    /// What serves is no candidate.
    private void noLongerAwait(Contender served) {
        if (waiting != null && waiting.is(served)) {
            waiting = null;
        }
    }

    void best(Contender next) {
        best = next;
    }

    void run(Contender beside, Trial.Kind kind) {
        shadow = beside;
        trial = Trial.begin(kind);
    }

    void endTrial() {
        shadow = null;
        trial = null;
    }

    void tried(Trial after) {
        trial = after;
    }

    void await(@Nullable Contender candidate) {
        waiting = candidate;
    }

    void mode(Mode next) {
        mode = next;
    }

    void newest(long version) {
        newest = Math.max(newest, version);
    }

    /// A version of which nothing newer counts.
    void continueAt(long version) {
        newest = version;
    }

    /// Numbers the next decision.
    long number() {
        return decisions++;
    }

    /// What [ServingStore] keeps of it, apart from the versions.
    record Kept(@Nullable Trial trial, Mode mode, long decisions, long newest, Map<String, Long> aliases) {}

    Kept kept() {
        return new Kept(trial, mode, decisions, newest, new LinkedHashMap<>(aliases));
    }

    /// Restores a state.
    static ServingState of(Kept kept, Map<Place, Contender> places, CarriedOut carriedOut) {
        ServingState state = new ServingState(carriedOut);
        state.trial = kept.trial();
        state.mode = kept.mode();
        state.decisions = kept.decisions();
        state.newest = kept.newest();
        state.aliases.putAll(kept.aliases());
        state.serving = places.get(Place.SERVING);
        state.before = places.get(Place.BEFORE);
        state.best = places.get(Place.BEST);
        state.shadow = places.get(Place.SHADOW);
        state.waiting = places.get(Place.WAITING);
        return state;
    }

    /// Where a version stands.
    enum Place {
        SERVING,
        BEFORE,
        BEST,
        SHADOW,
        WAITING
    }

    Optional<Contender> at(Place place) {
        return switch (place) {
            case SERVING -> serving();
            case BEFORE -> before();
            case BEST -> best();
            case SHADOW -> shadow();
            case WAITING -> waiting();
        };
    }
}
