package dev.inkstream.classifier;

import dev.inkstream.classifier.ServingModel.Loaded;
import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.codec.PredictionEncoder.Version;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.Pixels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one version after the other needs to classify and to be encoded, made once for each. Not thread-safe.
final class Scratch {
    private @Nullable Loaded model;
    private @Nullable Version version;
    private @Nullable Workspace workspace;

    /// The label with the highest score. It and the answer's scores are valid until the next image.
    Answer classify(Loaded next, Pixels image) {
        load(next);
        Workspace own = Objects.requireNonNull(workspace);
        int label = next.network().classify(image.array(), image.start(), image.length(), own);
        return new Answer(label, own.outputs(), Objects.requireNonNull(version));
    }

    /// The same for the image that another scratch memory has just classified with a version of the same architecture,
    /// whose pixels need not be looked at again.
    Answer classifyAgain(Loaded next, Scratch seen) {
        load(next);
        Workspace own = Objects.requireNonNull(workspace);
        int label = next.network().classifyAgain(Objects.requireNonNull(seen.workspace), own);
        return new Answer(label, own.outputs(), Objects.requireNonNull(version));
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
        workspace = next.network().newWorkspace();
        version = Version.of(next.id());
        model = next;
    }
}
