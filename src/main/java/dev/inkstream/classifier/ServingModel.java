package dev.inkstream.classifier;

import dev.inkstream.network.Network;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.ImageFormat;
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

    private final AtomicReference<@Nullable Loaded> current = new AtomicReference<>();
    private final CompletableFuture<Loaded> first = new CompletableFuture<>();

    /// The version in use; empty before the first.
    public Optional<Loaded> current() {
        return Optional.ofNullable(current.get());
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
        boolean taken = current.compareAndSet(null, loaded);
        if (taken) {
            first.complete(loaded);
        }
        return taken;
    }

    void swap(Loaded next) {
        current.set(next);
        first.complete(next);
    }
}
