package dev.inkstream.codec;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static dev.inkstream.codec.Registry.GET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.codec.FakeRegistry.Answer;
import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Schemas of producers, as a registry gives them.
class WriterSchemasTest {
    private static final String IMAGE = "{\"type\":\"record\",\"name\":\"ImageRecord\","
            + "\"namespace\":\"dev.inkstream.record.avro\",\"fields\":[{\"name\":\"width\",\"type\":\"int\"},"
            + "{\"name\":\"height\",\"type\":\"int\"},{\"name\":\"pixels\",\"type\":\"bytes\"},"
            + "{\"name\":\"capturedAt\",\"type\":\"long\"},%s]}";

    @AutoClose
    private final Registry registry = new Registry();

    private final FakeRegistry server = registry.server;

    /// A default of the wrong type, a name with a hyphen, a logical type that nobody knows.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"camera\",\"type\":\"string\",\"default\":null}",
                "{\"name\":\"camera\",\"type\":\"string\",\"default\":7}",
                "{\"name\":\"camera-name\",\"type\":\"string\"}",
                "{\"name\":\"camera\",\"type\":{\"type\":\"string\",\"logicalType\":\"made-up\"}}",
                "{\"name\":\"kamera\",\"type\":[\"string\",\"null\"],\"default\":null}",
            })
    void areReadAsOtherClientsReadThem(String field) {
        Schema writer = new Schema.Parser(org.apache.avro.NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(IMAGE.formatted(field));
        server.answer(GET, 200, json(IMAGE.formatted(field)).toString());
        assertThat(read(sent(writer, "north"))).isEqualTo(image());
    }

    @Test
    void theSchemasTheyReferToAreFetched() {
        String camera = "{\"type\":\"record\",\"name\":\"Camera\",\"namespace\":\"x\",\"fields\":"
                + "[{\"name\":\"place\",\"type\":\"x.Place\"}]}";
        String place = "{\"type\":\"enum\",\"name\":\"Place\",\"namespace\":\"x\",\"symbols\":[\"NORTH\"]}";
        String text = IMAGE.formatted("{\"name\":\"camera\",\"type\":\"x.Camera\"}");
        server.answer(GET, 200, refer(json(text), "x.Camera", "cameras/all").toString());
        server.answer(
                "GET /subjects/cameras%2Fall/versions/3",
                200, refer(json(camera), "x.Place", "places").toString());
        server.answer("GET /subjects/places/versions/3", 200, json(place).toString());
        Schema.Parser parser = new Schema.Parser();
        Schema placeSchema = parser.parse(place);
        Schema cameraSchema = parser.parse(camera);
        GenericRecord north = new GenericData.Record(cameraSchema);
        north.put("place", new GenericData.EnumSymbol(placeSchema, "NORTH"));
        assertThat(read(sent(parser.parse(text), north))).isEqualTo(image());
        assertThat(server.lines()).hasSize(3);
    }

    @Test
    void aReferenceToNothingIsADefectOfTheRecord() {
        server.answer(
                GET,
                200,
                refer(json(IMAGE.formatted("")), "x.Camera", "cameras").toString());
        assertUnreadable("schema id 7 refers to version 3 of subject cameras, which the schema registry does not have");
        assertThat(registry.time.slept()).isBetween(Duration.ofSeconds(4), Duration.ofMillis(4_700));
    }

    @Test
    void aReferenceIsAskedForAgainBeforeItIsMissing() {
        server.answer(GET, 200, refer(json("\"int\""), "x", "cameras").toString());
        server.answer(
                "GET /subjects/cameras/versions/3",
                Answer.of(404, FakeRegistry.UNKNOWN),
                Answer.of(404, "{\"error_code\":40402,\"message\":\"Version not found\"}"),
                Answer.of(200, json("\"int\"").toString()));
        assertThat(registry.client.byId(7).getType()).isEqualTo(Schema.Type.INT);
        assertThat(registry.time.sleeps()).containsExactly(100L, 200L);
    }

    /// An outage would end the role, and end it again at that record after every start.
    @Test
    void aSchemaThatIsTooLongIsADefectOfTheRecord() {
        server.answer(GET, 200, json("\"int\" " + " ".repeat(1_000_000)).toString());
        String message = "schema id 7 is longer than 1000000 bytes in the schema registry; it must be at most that";
        assertUnreadable(message);
        assertUnreadable(message);
        assertThat(server.lines()).as("requests").hasSize(1);
        assertThat(registry.time.sleeps()).isEmpty();
    }

    @Test
    void aReferenceToASchemaThatIsTooLongIsADefectOfTheRecord() {
        server.answer(GET, 200, refer(json("\"int\""), "x", "cameras").toString());
        server.answer(
                "GET /subjects/cameras/versions/3",
                200,
                json(" ".repeat(1_000_000)).toString());
        assertUnreadable("schema id 7 refers to version 3 of subject cameras, which is longer than 1000000 bytes in the"
                + " schema registry");
    }

    @Test
    void aLongSchemaIsRead() {
        String answer = json("\"int\"").toString();
        server.answer(GET, 200, answer + " ".repeat(1_000_000 - answer.length()));
        assertThat(registry.client.byId(7).getType()).isEqualTo(Schema.Type.INT);
    }

    /// Each of them costs a request: a schema that refers to itself must end.
    @Test
    void referencesAreLimited() {
        for (int i = 0; i < 20; i++) {
            server.answer(
                    "GET /subjects/s" + i + "/versions/3",
                    200,
                    refer(json("\"int\""), "x", "s" + (i + 1)).toString());
        }
        server.answer(GET, 200, refer(json("\"int\""), "x", "s0").toString());
        assertUnreadable(
                "schema id 7 refers to more than 100 schemas, or over more than 10 others; it must be at most that");
        assertThat(server.lines()).hasSize(11);

        server.answer(
                "GET /subjects/self/versions/3",
                200,
                refer(json("\"int\""), "x", "self").toString());
        server.answer(
                "GET /schemas/ids/8", 200, refer(json("\"int\""), "x", "self").toString());
        assertThat(registry.client.byId(8).getType()).isEqualTo(Schema.Type.INT);
    }

    /// Registries keep Protobuf and JSON schemas too. A record that names one is a bad record; were it taken for a
    /// failure of the registry, one such record would stop every reader for good.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PROTOBUF | syntax = \"proto3\";",
                "JSON | {}",
            })
    void aSchemaOfAnotherTypeIsNamed(String type, String text) {
        server.answer(GET, 200, json(text).put("schemaType", type).toString());
        assertUnreadable("schema id 7 is a schema of type " + type + " in the schema registry; it must be AVRO");
        assertUnreadable("schema id 7 is a schema of type " + type + " in the schema registry; it must be AVRO");
        assertThat(server.lines()).as("requests").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"type\":\"object\"}", "{\"type\":\"record\"}", "\"no.such.Type\""})
    void aTextThatIsNoSchemaIsNamed(String text) {
        server.answer(GET, 200, json(text).toString());
        try {
            registry.client.byId(7);
        } catch (InvalidRecordException e) {
            assertThat(e.getMessage())
                    .startsWith("schema id 7 cannot be read as an Avro schema: ")
                    .hasLineCount(1);
            assertThat(e.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
            return;
        }
        throw new AssertionError("was read");
    }

    private void assertUnreadable(String message) {
        assertInvalid(RejectReason.UNKNOWN_SCHEMA, message, () -> read(Contract.frame(7)));
    }

    private ImageRecord read(byte[] framed) {
        return new AvroSerdes(registry.client).image().deserializer().deserialize("any", framed);
    }

    private static ImageRecord image() {
        return new ImageRecord(2, 1, new byte[] {7, 8}, Instant.ofEpochMilli(5));
    }

    private static byte[] sent(Schema writer, Object last) {
        GenericRecord sent = new GenericData.Record(writer);
        sent.put("width", 2);
        sent.put("height", 1);
        sent.put("pixels", ByteBuffer.wrap(new byte[] {7, 8}));
        sent.put("capturedAt", 5L);
        sent.put(4, last);
        return Contract.write(7, sent);
    }

    private static ObjectNode json(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema);
    }

    private static ObjectNode refer(ObjectNode answer, String name, String subject) {
        answer.putArray("references")
                .addObject()
                .put("name", name)
                .put("subject", subject)
                .put("version", 3);
        return answer;
    }
}
