package dev.inkstream.record;

import static dev.inkstream.codec.Invalid.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.Contract;
import dev.inkstream.codec.InMemorySchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times in the value of a record: in which range, and in which units.
class TimesTest {
    private static final Instant AT = Instant.parse("2026-11-26T12:00:00.123Z");
    private static final String RANGE = "; it must be 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z";

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"})
    void theEndsOfTheRangeAreTimes(String time) {
        Instant at = Instant.parse(time);
        assertThat(new Label(1, at).labeledAt()).isEqualTo(at);
        assertThat(image(at).capturedAt()).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "-62135596800001, 0000-12-31T23:59:59.999Z",
        "253402300800000, +10000-01-01T00:00:00Z",
        "1795694400000000, +58873-04-16T00:00:00Z",
        "-9223372036854775808, -292275055-05-16T16:47:04.192Z",
        "9223372036854775807, +292278994-08-17T07:12:55.807Z"
    })
    void whatOtherLanguagesCannotHoldIsInvalid(long millis, String text) {
        Instant at = Instant.ofEpochMilli(millis);
        List<Consumer<Instant>> captured = List.of(
                TimesTest::image,
                time -> new Prediction(
                        "id", 0, new float[1], new ModelVersion("m", 0, Sha256.of(new byte[0])), position(), time));
        for (Consumer<Instant> each : captured) {
            assertInvalid(RejectReason.BAD_TIMESTAMP, "capturedAt is " + text + RANGE, () -> each.accept(at));
        }
        assertInvalid(RejectReason.BAD_TIMESTAMP, "labeledAt is " + text + RANGE, () -> new Label(1, at));
        assertInvalid(
                RejectReason.BAD_TIMESTAMP,
                "windowStart is " + text + RANGE,
                () -> new LiveEvaluation.Window(at, at.plusMillis(1)));
        assertInvalid(
                RejectReason.BAD_TIMESTAMP, "windowEnd is " + text + RANGE, () -> new LiveEvaluation.Window(AT, at));
    }

    @Test
    void aRecordFromATopicIsChecked() {
        assertInvalid(
                RejectReason.BAD_TIMESTAMP,
                "labeledAt is +58873-04-16T00:00:00Z" + RANGE,
                () -> read("\"long\"", 1_795_694_400_000_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"long\"' | 1",
                "'{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}' | 1",
                "'{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}' | 1000",
                "'{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}' | 1000000",
                "'[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}]' | 1000",
            })
    void finerUnitsAreConverted(String type, long perMilli) {
        assertThat(read(type, AT.toEpochMilli() * perMilli + perMilli / 2)).isEqualTo(new Label(1, AT));
        Instant before = Instant.parse("1969-12-31T23:59:59.999Z");
        assertThat(read(type, -perMilli + perMilli / 2)).isEqualTo(new Label(1, before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}",
                "{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}",
                "{\"type\":\"long\",\"logicalType\":\"time-micros\"}",
                "{\"type\":\"int\",\"logicalType\":\"date\"}",
                "{\"type\":\"long\",\"logicalType\":\"seconds\"}",
                "[{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"},\"int\"]"
            })
    void whatIsNoMomentIsUndecodable(String type) {
        assertInvalid(
                RejectReason.UNDECODABLE,
                "value is not an Avro Label: labeledAt is " + new Schema.Parser().parse(type)
                        + "; it must be a timestamp-millis, timestamp-micros or timestamp-nanos",
                () -> read(type, type.contains("\"int\",") ? (Object) 5 : (Object) 5L));
    }

    private Label read(String type, Object at) {
        Schema writer = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"Label\",\"namespace\":\"dev.inkstream.record.avro\",\"fields\":["
                                + "{\"name\":\"labeledAt\",\"type\":" + type
                                + "},{\"name\":\"label\",\"type\":\"int\"}]}");
        GenericRecord sent = new GenericData.Record(writer);
        sent.put("label", 1);
        sent.put("labeledAt", at);
        // Without a registry, schemas that differ in a logical type alone have the same id.
        InMemorySchemaRegistry own = new InMemorySchemaRegistry();
        byte[] framed = Contract.write(own.register("labels-value", writer), sent);
        return new AvroSerdes(own).label().deserializer().deserialize("any", framed);
    }

    private static ImageRecord image(Instant at) {
        return new ImageRecord(1, 1, new byte[1], at);
    }

    private static Prediction.Position position() {
        return new Prediction.Position(0, 0);
    }
}
