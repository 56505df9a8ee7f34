package dev.inkstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ServingModel.Loaded;
import dev.inkstream.codec.PredictionEncoder;
import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Snapshots;
import org.junit.jupiter.api.Test;

/// What a swap keeps. The scores of an answer lie in the workspace: those of an earlier answer change with the next
/// image if both versions have the same workspace.
class ScratchTest {
    private static final String TOPIC = Samples.TOPICS.predictions().name();

    private final PredictionEncoder encoder = Samples.SERDES.predictionEncoder(TOPIC);
    private final Scratch scratch = new Scratch();
    private final Loaded first = loaded(Samples.snapshot(0));

    @Test
    void aSwapToTheSameArchitectureKeepsTheWorkspace() {
        Loaded next = loaded(Samples.snapshot(1));
        Answer before = classify(first);
        float[] scores = decoded(before).scores();
        Prediction after = decoded(classify(next));
        assertThat(decoded(before).scores()).isEqualTo(after.scores()).isNotEqualTo(scores);
        assertThat(after.model()).isEqualTo(next.id());
    }

    @Test
    void aSwapToAnotherArchitectureMakesOne() {
        Loaded deep = loaded(Samples.snapshot(Samples.MODEL, 1, Samples.config(NetworkShape.of(6, 5, 7, 4))));
        Answer before = classify(first);
        float[] scores = decoded(before).scores();
        Prediction after = decoded(classify(deep));
        assertThat(decoded(before).scores()).isEqualTo(scores).isNotEqualTo(after.scores());
        assertThat(after.model()).isEqualTo(deep.id());
    }

    private Answer classify(Loaded version) {
        return scratch.classify(version, Samples.image(1).pixels());
    }

    private Prediction decoded(Answer answer) {
        byte[] bytes = encoder.image(Samples.text("image-1"), 0, 1, 0).encode(answer, null);
        return Samples.SERDES.prediction().deserializer().deserialize(TOPIC, bytes);
    }

    private static Loaded loaded(WeightSnapshot snapshot) {
        return new Loaded(snapshot.id(), Snapshots.network(snapshot, Samples.FORMAT));
    }
}
