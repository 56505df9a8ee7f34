package dev.inkstream.evaluator;

import dev.inkstream.evaluator.ServingState.Kept;
import dev.inkstream.evaluator.ServingState.Place;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Standing;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the decisions about a model come to, for an evaluator whose own state is gone: it continues after the last
/// decision, and decides nothing twice. The labels of the open trial are lost, so the trial begins again. Not
/// thread-safe.
final class Ledger {
    private final String model;
    private final PublishedVersions published;
    private final SequencedMap<Long, Long> offsets = new LinkedHashMap<>();
    private final CarriedOut carriedOut = new CarriedOut();
    private final Map<String, Long> aliases = new LinkedHashMap<>();
    private @Nullable ModelDecision last;
    private Trial.Kind trial = Trial.Kind.WATCH;
    private OptionalLong before = OptionalLong.empty();
    private OptionalLong best = OptionalLong.empty();
    private double bestAccuracy = -1;
    private long newest = -1;

    /// @param published gets the places of the last versions that were decided about
    Ledger(String model, PublishedVersions published) {
        this.model = model;
        this.published = published;
    }

    /// Takes the next decision; those about other models say nothing.
    void add(ModelDecision decision) {
        if (!decision.model().equals(model)) {
            return;
        }
        decision.subject().ifPresent(subject -> {
            newest = Math.max(newest, subject.id().version());
            subject.snapshotOffset().ifPresent(offset -> keep(subject.id().version(), offset));
        });
        decision.origin().commandId().ifPresent(carriedOut::add);
        decision.origin()
                .alias()
                .filter(alias -> aliases.containsKey(alias) || aliases.size() < ServingState.MAX_ALIASES)
                .ifPresent(alias -> decision.subject()
                        .ifPresent(named -> aliases.put(alias, named.id().version())));
        noteWhatServes(decision);
        last = decision;
    }

    /// The store keeps no more, and each one too many would cost it a search.
    private void keep(long version, long offset) {
        offsets.putLast(version, offset);
        if (offsets.size() > PublishedVersions.MAX_VERSIONS) {
            offsets.pollFirstEntry();
        }
    }

    private void noteWhatServes(ModelDecision decision) {
        Kind kind = decision.kind();
        if (kind == Kind.SHADOWED) {
            trial = Trial.Kind.CHALLENGE;
        } else if (kind == Kind.PROMOTED || kind == Kind.RESTORED || kind == Kind.PINNED) {
            trial = Trial.Kind.WATCH;
            // A pin of what serves replaces nothing.
            before = kind == Kind.RESTORED ? OptionalLong.empty() : firstOf(decision.replaced(), before);
        }
        double accuracy =
                decision.evidence().holdout().map(HoldoutEvidence::accuracy).orElse(-1.0);
        if (kind == Kind.PROMOTED && accuracy >= bestAccuracy) {
            bestAccuracy = accuracy;
            best = decision.after().serving();
        }
    }

    private static OptionalLong firstOf(OptionalLong first, OptionalLong second) {
        return first.isPresent() ? first : second;
    }

    /// The last decision about the model; empty if there is none.
    Optional<ModelDecision> last() {
        return Optional.ofNullable(last);
    }

    /// What serves, and what runs beside it, after the last decision. A version that retention has removed is left out.
    ServingState state() {
        ModelDecision end = last;
        if (end == null) {
            return new ServingState(carriedOut);
        }
        offsets.forEach(published::add);
        Standing standing = end.after();
        Map<Place, Contender> places = new EnumMap<>(Place.class);
        put(places, Place.SERVING, standing.serving());
        put(places, Place.SHADOW, standing.shadow());
        put(places, Place.BEFORE, before);
        put(places, Place.BEST, best);
        // Only the release that knows a mode may end it.
        Mode mode = standing.mode() == Mode.UNKNOWN ? Mode.PINNED : standing.mode();
        Trial open = places.containsKey(Place.SHADOW) ? Trial.begin(trial) : null;
        return ServingState.of(new Kept(open, mode, end.number() + 1, newest, aliases), places, carriedOut);
    }

    private void put(Map<Place, Contender> places, Place place, OptionalLong version) {
        version.stream()
                .boxed()
                .flatMap(number -> published.find(number).stream())
                .forEach(found -> places.put(place, found));
    }
}
