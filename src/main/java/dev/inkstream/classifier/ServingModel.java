package dev.inkstream.classifier;

import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.Snapshots;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The model that an instance classifies with: written by its global thread, read by its stream threads for every
/// image. Thread-safe; a swap is one reference, so an image sees one version from beginning to end.
public final class ServingModel {
    /// A version ready for use. Immutable.
    public record Loaded(ModelVersion id, Network network) {}

    /// What an image is classified with, taken at once.
    ///
    /// @param shadow runs beside it; null if none does
    record Pair(@Nullable Loaded serving, @Nullable Loaded shadow) {}

    private final AtomicReference<Pair> current = new AtomicReference<>(new Pair(null, null));
    private final CompletableFuture<Loaded> first = new CompletableFuture<>();
    private final KnownDecision known;

    /// Without decisions that were read before.
    public ServingModel() {
        this(KnownDecision.NONE);
    }

    /// @param known the newest decision about the model before this start
    public ServingModel(KnownDecision known) {
        this.known = known;
    }

    /// The newest decision about the model before this start.
    KnownDecision known() {
        return known;
    }

    /// The version in use; empty before the first.
    public Optional<Loaded> current() {
        return Optional.ofNullable(current.get().serving());
    }

    /// Completes when there is a version to classify with.
    public CompletionStage<Loaded> first() {
        return first.minimalCompletionStage();
    }

    /// Serves a version that is not on `serving-weights`, unless one from there came first.
    ///
    /// @return whether it serves now
    /// @throws InvalidRecordException if it cannot be used
    public boolean fallBackTo(WeightSnapshot snapshot, ImageFormat format) {
        Loaded loaded = new Loaded(snapshot.id(), Snapshots.network(snapshot, format));
        Pair before = current.getAndUpdate(pair -> pair.serving() == null ? new Pair(loaded, pair.shadow()) : pair);
        boolean taken = before.serving() == null;
        if (taken) {
            first.complete(loaded);
        }
        return taken;
    }

    void swap(Loaded next) {
        current.updateAndGet(pair -> new Pair(next, pair.shadow()));
        first.complete(next);
    }

    Pair pair() {
        return current.get();
    }

    /// Another version runs beside the one that serves from now on, or none.
    void runBeside(@Nullable Loaded shadow) {
        current.updateAndGet(pair -> new Pair(pair.serving(), shadow));
    }
}
