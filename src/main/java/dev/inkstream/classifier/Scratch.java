package dev.inkstream.classifier;

import dev.inkstream.classifier.ServingModel.Loaded;
import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.codec.PredictionEncoder.Version;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.Pixels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one version after the other needs to classify and to be encoded. Versions of the same architecture share the
/// workspace. Not thread-safe.
final class Scratch {
    private @Nullable Loaded model;
    private @Nullable Workspace workspace;
    private @Nullable Answer answer;

    /// The answer of a version. It and its scores are valid until the next image.
    Answer classify(Loaded next, Pixels image) {
        load(next);
        int label = next.network()
                .classify(image.array(), image.start(), image.length(), Objects.requireNonNull(workspace));
        return Objects.requireNonNull(answer).of(label);
    }

    /// The same for the image that another scratch memory has just classified with a version of the same architecture,
    /// whose pixels need not be looked at again.
    Answer classifyAgain(Loaded next, Scratch seen) {
        load(next);
        int label =
                next.network().classifyAgain(Objects.requireNonNull(seen.workspace), Objects.requireNonNull(workspace));
        return Objects.requireNonNull(answer).of(label);
    }

    /// Whether a version is of the architecture of the last one.
    boolean fits(Loaded next) {
        return model != null
                && model.network().architecture().equals(next.network().architecture());
    }

    @SuppressWarnings("ReferenceEquality") // each version is one object, and this is asked for each image
    private void load(Loaded next) {
        if (next == model) {
            return;
        }
        Workspace own = workspace == null || !fits(next) ? next.network().newWorkspace() : workspace;
        workspace = own;
        answer = new Answer(own.outputs(), Version.of(next.id()));
        model = next;
    }
}
