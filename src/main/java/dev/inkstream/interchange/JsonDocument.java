package dev.inkstream.interchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.network.Parameters;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// A version as one JSON document: its [Header], then `layers`, each with `weights`, one row for each input, and
/// `biases`. Every number is the shortest that gives the same float32. Stateless.
final class JsonDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory FACTORY = MAPPER.getFactory();
    private static final String LAYERS = "layers";

    private JsonDocument() {}

    static byte[] write(WeightSnapshot snapshot) {
        Parameters parameters = Snapshots.network(snapshot).parameters();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> field : Header.of(snapshot).properties()) {
                json.writeFieldName(field.getKey());
                json.writeTree(field.getValue());
            }
            json.writeArrayFieldStart(LAYERS);
            for (int layer = 0; layer < parameters.shape().layers(); layer++) {
                write(json, parameters, layer);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Parameters parameters, int layer) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("weights");
        int outputs = parameters.shape().outputs(layer);
        for (int in = 0; in < parameters.shape().inputs(layer); in++) {
            json.writeStartArray();
            for (int out = 0; out < outputs; out++) {
                json.writeNumber(parameters.weight(layer, in, out));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("biases");
        for (int out = 0; out < outputs; out++) {
            json.writeNumber(parameters.bias(layer, out));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// The order of the numbers is that of the parameters; whether there are as many as the layers need is for the
    /// network to say, and whether they are the right ones for the digest.
    static WeightSnapshot read(byte[] file) {
        ObjectNode header = MAPPER.createObjectNode();
        FloatList numbers = new FloatList();
        try (JsonParser json = FACTORY.createParser(file)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals(LAYERS)) {
                    readNumbers(json, numbers);
                } else {
                    readHeader(field, json, header);
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw WeightsFile.refused("it is not the JSON of a version: " + firstLine(e));
        }
        return Header.snapshot(header, numbers.toBytes());
    }

    /// A field of a newer build may have any size, and is skipped.
    private static void readHeader(String field, JsonParser json, ObjectNode header) throws IOException {
        if (field.equals(Header.SIZES) && json.currentToken() == JsonToken.START_ARRAY) {
            ArrayNode sizes = header.putArray(field);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                Header.checkLayers(sizes.size() + 1);
                sizes.add(json.getIntValue());
            }
        } else if (field.equals(Header.PUBLISHER) && json.currentToken() == JsonToken.START_OBJECT) {
            ObjectNode publisher = header.putObject(field);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                readValue(name, json, publisher);
            }
        } else {
            readValue(field, json, header);
        }
    }

    private static void readValue(String field, JsonParser json, ObjectNode to) throws IOException {
        if (!Header.FIELDS.contains(field) || json.currentToken().isStructStart()) {
            json.skipChildren();
        } else {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                Header.checkText(field, json.getTextLength());
            }
            to.set(field, MAPPER.readTree(json));
        }
    }

    private static void readNumbers(JsonParser json, FloatList numbers) throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token == null) {
                throw new IOException("it ends too early");
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token.isNumeric()) {
                numbers.add(Float.parseFloat(json.getText()));
            }
        } while (depth > 0 && json.nextToken() != null);
        if (depth > 0) {
            throw new IOException("it ends too early");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
