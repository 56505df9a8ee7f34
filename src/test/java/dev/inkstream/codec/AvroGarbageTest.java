package dev.inkstream.codec;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.inkstream.record.InvalidRecordException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Serde;

/// Bytes that are anything at all. Whatever they are, they are read, or are an [InvalidRecordException].
class AvroGarbageTest {
    private static final InMemorySchemaRegistry REGISTRY = new InMemorySchemaRegistry();
    private static final AvroSerdes SERDES = new AvroSerdes(REGISTRY);
    private static final Map<String, Serde<?>> SERDE_OF = Map.ofEntries(
            entry("ImageRecord", SERDES.image()),
            entry("LabeledImage", SERDES.labeledImage()),
            entry("Prediction", SERDES.prediction()),
            entry("WeightSnapshot", SERDES.weightSnapshot()),
            entry("Evaluation", SERDES.evaluation()),
            entry("Label", SERDES.label()),
            entry("LiveEvaluation", SERDES.liveEvaluation()),
            entry("DriftEvent", SERDES.driftEvent()),
            entry("ModelCommand", SERDES.modelCommand()),
            entry("ModelDecision", SERDES.modelDecision()));

    private static final List<String> MORE_FIELDS = List.of(
            "{\"name\":\"u\",\"type\":[\"null\",\"string\",{\"type\":\"array\",\"items\":\"long\"}]}",
            "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":[\"int\",\"bytes\"]}}",
            "{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}}",
            "{\"name\":\"f\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}}",
            "{\"name\":\"b\",\"type\":\"boolean\"}");

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void nothingButInvalidRecordsComesOfGarbage(@ForAll("schemas") String schema, @ForAll("garbage") byte[] body) {
        ByteBuffer framed = ByteBuffer.allocate(5 + body.length);
        framed.put(Contract.frame(InMemorySchemaRegistry.idOf(Contract.schema(schema))))
                .put(body);
        readOrRefuse(schema, framed.array());
        readOrRefuse(schema, body);
    }

    /// Damage to a record that was good gets further than garbage does.
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void nothingButInvalidRecordsComesOfDamage(
            @ForAll("damaged") Damaged damaged, @ForAll int position, @ForAll byte value) {
        byte[] bytes = damaged.framed().clone();
        bytes[Math.floorMod(position, bytes.length)] = value;
        readOrRefuse(damaged.schema(), bytes);
    }

    /// A writer's schema with more of everything than ours, so that skipping and resolving meet garbage too.
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void nothingButInvalidRecordsComesOfGarbageOfALaterSchema(@ForAll("garbage") byte[] body) {
        Schema later = new Schema.Parser()
                .parse(Contract.snapshotWithLaterActivation()
                        .toString()
                        .replace("\"fields\":[", "\"fields\":[" + String.join(",", MORE_FIELDS) + ","));
        ByteBuffer framed = ByteBuffer.allocate(5 + body.length);
        framed.put(Contract.frame(REGISTRY.register("later-value", later))).put(body);
        readOrRefuse("WeightSnapshot", framed.array());
    }

    record Damaged(String schema, byte[] framed) {}

    @Provide
    Arbitrary<String> schemas() {
        return Arbitraries.of(Contract.NAMES);
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    }

    @Provide
    Arbitrary<Damaged> damaged() {
        return Arbitraries.oneOf(
                damaged("LabeledImage", SERDES.labeledImage(), RandomRecords.labeledImages()),
                damaged("Prediction", SERDES.prediction(), RandomRecords.predictions()),
                damaged("WeightSnapshot", SERDES.weightSnapshot(), RandomRecords.snapshots()),
                damaged("Evaluation", SERDES.evaluation(), RandomRecords.evaluations()));
    }

    private static <D> Arbitrary<Damaged> damaged(String schema, Serde<D> serde, Arbitrary<D> records) {
        return Combinators.combine(records, Arbitraries.just(schema))
                .as((record, name) -> new Damaged(name, serde.serializer().serialize("any", record)));
    }

    private static void readOrRefuse(String schema, byte[] framed) {
        assertThatCode(() -> {
                    try {
                        SERDE_OF.get(schema).deserializer().deserialize("any", framed);
                    } catch (InvalidRecordException e) {
                        assertThat(e.getMessage()).doesNotEndWith("null");
                    }
                })
                .as(() -> schema + " from " + HexFormat.of().formatHex(framed))
                .doesNotThrowAnyException();
    }
}
