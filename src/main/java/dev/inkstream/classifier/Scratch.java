package dev.inkstream.classifier;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Scratch memory for one network after the other. It depends on the shape alone, and shapes seldom change. Not
/// thread-safe.
final class Scratch {
    private @Nullable Network network;
    private @Nullable Workspace workspace;

    int classify(Network next, byte[] pixels) {
        if (!fits(next)) {
            workspace = next.newWorkspace();
        }
        network = next;
        return next.classify(pixels, Objects.requireNonNull(workspace));
    }

    /// Whether a network can classify the last image again.
    boolean fits(Network next) {
        return network != null && network.architecture().equals(next.architecture());
    }

    /// Classifies the last image with a network that fits.
    int classifyAgain(Network next) {
        return next.classifyAgain(Objects.requireNonNull(workspace));
    }

    /// Of the last image, as a copy.
    float[] scores() {
        return Objects.requireNonNull(workspace).outputs().clone();
    }
}
