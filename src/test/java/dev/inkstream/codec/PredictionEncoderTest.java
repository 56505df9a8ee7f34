package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.codec.PredictionEncoder.Answer;
import dev.inkstream.codec.PredictionEncoder.Version;
import dev.inkstream.record.Prediction;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// One encoder for one prediction after the other, each with the bytes that Avro gives it.
class PredictionEncoderTest {
    private static final String TOPIC = "predictions";

    private final AvroSerdes serdes = new AvroSerdes(new InMemorySchemaRegistry());
    private final PredictionEncoder encoder = serdes.predictionEncoder(TOPIC);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void givesTheBytesOfAvro(@ForAll("predictions") Prediction prediction) {
        assertThat(encode(prediction))
                .isEqualTo(serdes.prediction().serializer().serialize(TOPIC, prediction));
        Prediction shadowed = PlainInputTest.withShadow(prediction);
        assertThat(encode(shadowed)).isEqualTo(serdes.prediction().serializer().serialize(TOPIC, shadowed));
    }

    private byte[] encode(Prediction prediction) {
        return encoder.image(
                        prediction.imageId().getBytes(StandardCharsets.UTF_8),
                        prediction.image().partition(),
                        prediction.image().offset(),
                        prediction.capturedAt().toEpochMilli())
                .encode(
                        new Answer(prediction.scores(), Version.of(prediction.model())).of(prediction.label()),
                        prediction
                                .shadow()
                                .map(shadow ->
                                        new Answer(shadow.scores(), Version.of(shadow.model())).of(shadow.label()))
                                .orElse(null));
    }

    @Provide
    Arbitrary<Prediction> predictions() {
        return RandomRecords.predictions();
    }
}
