package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.RejectReason;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemorySchemaRegistryTest {
    private static final Schema OTHER =
            SchemaBuilder.record("Other").fields().requiredInt("x").endRecord();

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    /// The ids are in front of every record ever written without a registry, and in programs that read those. If one
    /// of them changes here, its schema has changed, and every reader must know both: that is a decision, and never
    /// a matter of updating this table.
    @ParameterizedTest
    @CsvSource({
        "ImageRecord, 478848238",
        "LabeledImage, 1610232941",
        "Prediction, 876659234",
        "WeightSnapshot, 1324784106",
        "Evaluation, 141818224",
        "Label, 1527364819",
        "LiveEvaluation, 1499901608",
        "DriftEvent, 2042375396",
        "ModelCommand, 698266082",
        "ModelDecision, 453009360",
    })
    void theIdsAreForEver(String name, int id) {
        Schema schema = Contract.schema(name);
        assertThat(InMemorySchemaRegistry.idOf(schema)).isEqualTo(id);
        assertThat(registry.register("any-value", schema)).isEqualTo(id);
        assertThat(registry.byId(id).getFullName()).isEqualTo("dev.inkstream.record.avro." + name);
    }

    @Test
    void anIdDependsOnWhatIsWrittenAndNotOnHowItIsDescribed() {
        int id = InMemorySchemaRegistry.idOf(OTHER);
        Schema described =
                new Schema.Parser().parse(OTHER.toString().replace("\"name\":\"x\"", "\"name\":\"x\",\"doc\":\"d\""));
        Schema renamed = new Schema.Parser().parse(OTHER.toString().replace("\"name\":\"x\"", "\"name\":\"y\""));
        Schema retyped = new Schema.Parser().parse(OTHER.toString().replace("\"int\"", "\"long\""));
        assertThat(described.getField("x").doc()).isEqualTo("d");
        assertThat(InMemorySchemaRegistry.idOf(described)).isEqualTo(id);
        assertThat(InMemorySchemaRegistry.idOf(renamed)).isNotEqualTo(id);
        assertThat(InMemorySchemaRegistry.idOf(retyped)).isNotEqualTo(id);
    }

    @Test
    void aSchemaIsKnownOnceRegistered() {
        int id = InMemorySchemaRegistry.idOf(OTHER);
        assertThat(id).isNotNegative();
        String unknown = "schema id " + id
                + " is none of Inkstream's own; if a schema registry gave it, set schema.registry.url";
        assertInvalid(RejectReason.UNKNOWN_SCHEMA, unknown, () -> registry.byId(id));
        assertThat(registry.register("other-value", OTHER)).isEqualTo(id);
        assertThat(registry.byId(id)).isEqualTo(OTHER);
        assertInvalid(RejectReason.UNKNOWN_SCHEMA, unknown, () -> new InMemorySchemaRegistry().byId(id));
    }
}
