package dev.inkstream.stream;

import dev.inkstream.network.Network;
import dev.inkstream.record.ModelVersion;
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

    void swap(Loaded next) {
        current.set(next);
        first.complete(next);
    }
}
