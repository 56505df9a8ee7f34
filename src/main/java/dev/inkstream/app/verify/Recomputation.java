package dev.inkstream.app.verify;

import dev.inkstream.app.verify.PredictionProblem.Kind;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelVersion;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Computes stored predictions again, to the bit. Not thread-safe.
final class Recomputation implements PredictionVisitor {
    private final Networks networks;
    private final Consumer<PredictionProblem> problems;
    private final Set<ModelVersion> versions = new HashSet<>();
    private long verified;
    private long failed;

    /// @param problems takes each as it is found
    Recomputation(Networks networks, Consumer<PredictionProblem> problems) {
        this.networks = networks;
        this.problems = problems;
    }

    @Override
    public void visit(StoredPrediction stored, ImageRecord image) {
        for (Answer answer : Answer.of(stored.prediction())) {
            Optional<PredictionProblem> problem = compare(stored, answer, image);
            if (problem.isPresent()) {
                problem(problem.get());
                return;
            }
        }
        verified++;
    }

    @Override
    public void problem(PredictionProblem problem) {
        failed++;
        problems.accept(problem);
    }

    private Optional<PredictionProblem> compare(StoredPrediction stored, Answer answer, ImageRecord image) {
        Optional<Networks.Ready> ready;
        try {
            ready = networks.of(answer.version());
        } catch (InvalidRecordException e) {
            return Optional.of(PredictionProblem.of(
                    Kind.UNREADABLE, stored, "cannot be verified: " + String.valueOf(e.getMessage())));
        }
        if (ready.isEmpty()) {
            return Optional.of(PredictionProblem.of(
                    Kind.VERSION_GONE,
                    stored,
                    "cannot be verified: weight-snapshots has no record of " + answer.version()));
        }
        versions.add(answer.version());
        return difference(answer, ready.get(), image.pixels().bytes())
                .map(what -> PredictionProblem.of(Kind.DIFFERENT, stored, "differs: " + what));
    }

    /// Compares label and scores of an answer, whether it served or was a shadow.
    static Optional<String> difference(Answer answer, Networks.Ready ready, byte[] pixels) {
        if (pixels.length != ready.network().architecture().shape().inputs()) {
            return Optional.of("%s is by %s, which does not take images of %d pixels"
                    .formatted(answer.what(), answer.version(), pixels.length));
        }
        int label = ready.network().classify(pixels, ready.workspace());
        float[] scores = ready.workspace().outputs();
        if (label != answer.label()) {
            return Optional.of("%s says %s; %s gives %s"
                    .formatted(
                            answer.what(),
                            said(answer.label(), answer.scores()),
                            answer.version(),
                            said(label, scores)));
        }
        if (scores.length != answer.scores().length) {
            return Optional.of("%s has %d scores; %s gives %d"
                    .formatted(answer.what(), answer.scores().length, answer.version(), scores.length));
        }
        for (int i = 0; i < scores.length; i++) {
            if (Float.floatToRawIntBits(scores[i]) != Float.floatToRawIntBits(answer.scores()[i])) {
                return Optional.of("%s has score %s for class %d; %s gives %s"
                        .formatted(answer.what(), answer.scores()[i], i, answer.version(), scores[i]));
            }
        }
        return Optional.empty();
    }

    private static String said(int label, float[] scores) {
        return String.format(Locale.ROOT, "%d with score %s", label, scores[label]);
    }

    /// Predictions that are what image and version give.
    long verified() {
        return verified;
    }

    /// All others.
    long failed() {
        return failed;
    }

    /// How many versions made them.
    int versions() {
        return versions.size();
    }
}
