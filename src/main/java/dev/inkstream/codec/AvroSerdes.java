package dev.inkstream.codec;

import dev.inkstream.record.DriftEvent;
import dev.inkstream.record.Evaluation;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.LiveEvaluation;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.Prediction;
import dev.inkstream.record.WeightSnapshot;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/// The serde of every record that has a schema: framed Avro on one side, an immutable domain record on the other.
///
/// Serializers are thread-safe; deserializers are not, so each call gives a new serde. A deserializer throws
/// [InvalidRecordException] for whatever is wrong with the bytes, and [SchemaRegistryException] if the registry
/// does not answer.
public final class AvroSerdes {
    private static final List<AvroMapping<?, ?>> MAPPINGS = List.of(
            ImageMapping.INSTANCE,
            LabeledImageMapping.INSTANCE,
            PredictionMapping.INSTANCE,
            WeightSnapshotMapping.INSTANCE,
            EvaluationMapping.INSTANCE,
            LabelMapping.INSTANCE,
            LiveEvaluationMapping.INSTANCE,
            DriftEventMapping.INSTANCE,
            ModelCommandMapping.INSTANCE,
            ModelDecisionMapping.INSTANCE);

    private final SchemaRegistry registry;

    /// @param registry where schema ids come from
    public AvroSerdes(SchemaRegistry registry) {
        this.registry = registry;
    }

    /// The same for state stores, whose changelogs nobody else reads: they register nothing.
    public AvroSerdes forState() {
        return new AvroSerdes(new StateSchemas(registry));
    }

    /// Gets the id of what will be written to a topic, so that a registry that does not work is found out now.
    ///
    /// @param serde of the records
    /// @return this
    /// @throws SchemaRegistryException if the registry does not answer, or refuses the schema
    public AvroSerdes register(String topic, Function<AvroSerdes, ? extends Serde<?>> serde) {
        if (serde.apply(this).serializer() instanceof AvroSerializer<?, ?> serializer) {
            serializer.idFor(topic);
        }
        return this;
    }

    /// The schemas of this version, for clients in other languages.
    public static List<WireSchema> wireSchemas() {
        return schemas().stream()
                .map(schema -> new WireSchema(
                        schema.getName(),
                        InMemorySchemaRegistry.idOf(schema),
                        SchemaFormatter.format("json/pretty", BuiltInSchemas.asFiled(schema))))
                .toList();
    }

    static List<Schema> schemas() {
        return MAPPINGS.stream().<Schema>map(AvroMapping::schema).toList();
    }

    public Serde<ImageRecord> image() {
        return serde(ImageMapping.INSTANCE);
    }

    public Serde<LabeledImage> labeledImage() {
        return serde(LabeledImageMapping.INSTANCE);
    }

    public Serde<Prediction> prediction() {
        return serde(PredictionMapping.INSTANCE);
    }

    /// Encodes what is written to a topic of predictions; for one thread.
    public PredictionEncoder predictionEncoder(String topic) {
        return new PredictionEncoder(() -> new AvroSerializer<>(PredictionMapping.INSTANCE, registry).idFor(topic));
    }

    public Serde<WeightSnapshot> weightSnapshot() {
        return serde(WeightSnapshotMapping.INSTANCE);
    }

    public Serde<Evaluation> evaluation() {
        return serde(EvaluationMapping.INSTANCE);
    }

    public Serde<Label> label() {
        return serde(LabelMapping.INSTANCE);
    }

    public Serde<LiveEvaluation> liveEvaluation() {
        return serde(LiveEvaluationMapping.INSTANCE);
    }

    public Serde<DriftEvent> driftEvent() {
        return serde(DriftEventMapping.INSTANCE);
    }

    public Serde<ModelCommand> modelCommand() {
        return serde(ModelCommandMapping.INSTANCE);
    }

    public Serde<ModelDecision> modelDecision() {
        return serde(ModelDecisionMapping.INSTANCE);
    }

    private <D, A extends SpecificRecordBase> Serde<D> serde(AvroMapping<D, A> mapping) {
        Serializer<D> serializer = new AvroSerializer<>(mapping, registry);
        Deserializer<D> deserializer = new AvroDeserializer<>(mapping, registry);
        return Serdes.serdeFrom(serializer, deserializer);
    }
}
