package dev.inkstream.evaluator;

import dev.inkstream.evaluator.ServingState.Kept;
import dev.inkstream.evaluator.ServingState.Place;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the decisions about a model come to, for an evaluator whose own state is gone: it continues after the last
/// decision, and decides nothing twice. The labels of the open trial are lost, so the trial begins again. Not
/// thread-safe.
final class DecisionReplay {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionReplay.class);

    private final String model;
    private final SequencedMap<Long, Subject> published = new LinkedHashMap<>();
    private final Map<Place, Subject> places = new EnumMap<>(Place.class);
    private final CarriedOut carriedOut = new CarriedOut();
    private final Map<String, Long> aliases = new LinkedHashMap<>();
    private @Nullable ModelDecision last;
    private Trial.Kind trial = Trial.Kind.WATCH;
    private double bestAccuracy = -1;
    private long newest = -1;

    DecisionReplay(String model) {
        this.model = model;
    }

    /// Takes the next decision; those about other models say nothing.
    void add(ModelDecision decision) {
        if (!decision.model().equals(model)) {
            return;
        }
        decision.subject().ifPresent(this::notePublished);
        decision.origin().commandId().ifPresent(carriedOut::add);
        decision.origin()
                .alias()
                .filter(alias -> aliases.containsKey(alias) || aliases.size() < ServingState.MAX_ALIASES)
                .ifPresent(alias -> decision.subject()
                        .ifPresent(named -> aliases.put(alias, named.id().version())));
        noteBest(decision);
        noteWhatServes(decision);
        last = decision;
    }

    /// The store keeps no more, and each one too many would cost it a search.
    private void notePublished(Subject subject) {
        newest = Math.max(newest, subject.id().version());
        published.putLast(subject.id().version(), subject);
        if (published.size() > PublishedVersions.MAX_VERSIONS) {
            published.pollFirstEntry();
        }
    }

    private void noteBest(ModelDecision decision) {
        double accuracy =
                decision.evidence().holdout().map(HoldoutEvidence::accuracy).orElse(-1.0);
        if (decision.kind() == Kind.PROMOTED && accuracy >= bestAccuracy) {
            bestAccuracy = accuracy;
            put(Place.BEST, decision.subject());
        }
    }

    /// A decision names what serves afterwards by its number alone, and another version may have that number.
    private void noteWhatServes(ModelDecision decision) {
        Optional<Subject> subject = decision.subject();
        Optional<Subject> served = at(Place.SERVING);
        Optional<Subject> beside = at(Place.SHADOW);
        Optional<Subject> serves = served;
        switch (decision.kind()) {
            case SHADOWED -> {
                trial = Trial.Kind.CHALLENGE;
                beside = subject;
            }
            case PROMOTED, RESTORED, PINNED -> {
                trial = Trial.Kind.WATCH;
                serves = subject;
                beside = served;
                noteBefore(decision, served);
            }
            default -> {
                // It ends a shadow at most.
            }
        }
        put(Place.SERVING, numbered(decision.after().serving(), serves));
        put(Place.SHADOW, numbered(decision.after().shadow(), beside));
    }

    private void noteBefore(ModelDecision decision, Optional<Subject> served) {
        if (decision.kind() == Kind.RESTORED) {
            places.remove(Place.BEFORE);
        } else if (decision.replaced().isPresent()) {
            // A pin of what serves replaces nothing.
            put(Place.BEFORE, numbered(decision.replaced(), served));
        }
    }

    private static Optional<Subject> numbered(OptionalLong number, Optional<Subject> version) {
        return version.filter(
                one -> number.isPresent() && number.getAsLong() == one.id().version());
    }

    private Optional<Subject> at(Place place) {
        return Optional.ofNullable(places.get(place));
    }

    private void put(Place place, Optional<Subject> version) {
        version.ifPresentOrElse(one -> places.put(place, one), () -> places.remove(place));
    }

    /// The last decision about the model; empty if there is none.
    Optional<ModelDecision> last() {
        return Optional.ofNullable(last);
    }

    /// What serves, and what runs beside it, after the last decision. Without a decision, it is what `serving-weights`
    /// has: an evaluator that wrote no decisions promoted it.
    ///
    /// If the serving version is on no topic any more, no candidate can be compared with it: promotions are held until
    /// a command says what serves.
    ///
    /// @param known gets the places of the last versions that were decided about
    /// @param serving looks for versions on `serving-weights`
    ServingState state(PublishedVersions known, Function<Set<ModelVersion>, LastServed> serving) {
        ModelDecision end = last;
        if (end == null) {
            return undecided(serving.apply(Set.of()));
        }
        published.values().forEach(one -> one.snapshotOffset().ifPresent(offset -> known.add(one.id(), offset)));
        Map<Place, Contender> found = find(known, serving, end.after().serving());
        // Only the release that knows a mode may end it.
        Mode mode =
                end.after().mode() == Mode.UNKNOWN ? Mode.PINNED : end.after().mode();
        if (end.after().serving().isPresent() && !found.containsKey(Place.SERVING)) {
            LOG.warn(
                    "model {}: v{} serves by decision {}, but no topic has its snapshot any more. Candidates wait: promote"
                            + " one of them by a command.",
                    model,
                    end.after().serving().getAsLong(),
                    end.number());
            mode = Mode.HELD;
        }
        Trial open = found.containsKey(Place.SHADOW) ? Trial.begin(trial) : null;
        return ServingState.of(new Kept(open, mode, end.number() + 1, newest, aliases), found, carriedOut);
    }

    private ServingState undecided(LastServed served) {
        ServingState state = new ServingState(carriedOut);
        served.last().ifPresent(version -> {
            LOG.info("{} serves, and no decision says why: candidates are compared with it", version.id());
            state.serve(version);
            state.best(version);
            state.newest(version.version());
        });
        return state;
    }

    /// A version that no topic has any more is left out.
    private Map<Place, Contender> find(
            PublishedVersions known, Function<Set<ModelVersion>, LastServed> serving, OptionalLong number) {
        Map<Place, Contender> found = new EnumMap<>(Place.class);
        Map<Place, Subject> missing = new EnumMap<>(Place.class);
        places.forEach((place, subject) -> known.find(subject)
                .ifPresentOrElse(version -> found.put(place, version), () -> missing.put(place, subject)));
        if (missing.isEmpty() && (number.isEmpty() || found.containsKey(Place.SERVING))) {
            return found;
        }
        LastServed served =
                serving.apply(missing.values().stream().map(Subject::id).collect(Collectors.toSet()));
        missing.forEach((place, subject) ->
                served.find(subject.id()).ifPresent(version -> found.put(place, version.at(subject.snapshotOffset()))));
        if (number.isPresent() && !places.containsKey(Place.SERVING)) {
            // The decision that promoted it is gone.
            served.last()
                    .filter(version -> version.version() == number.getAsLong())
                    .ifPresent(version -> found.put(Place.SERVING, version));
        }
        return found;
    }
}
