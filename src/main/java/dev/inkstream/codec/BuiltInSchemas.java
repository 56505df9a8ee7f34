package dev.inkstream.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/// Every schema that Inkstream ever wrote with, by the id it has without a registry. Immutable.
final class BuiltInSchemas {
    /// The files under `/schemas/released`, without their ending: a schema's name and its id. This list only grows,
    /// since topics hold records longer than a version is in use.
    static final List<String> RELEASED = List.of(
            "DriftEvent-2042375396",
            "Evaluation-141818224",
            "ImageRecord-478848238",
            "Label-1527364819",
            "LabeledImage-1610232941",
            "LiveEvaluation-1499901608",
            "ModelCommand-698266082",
            "ModelDecision-453009360",
            "Prediction-841346866",
            "Prediction-876659234",
            "WeightSnapshot-1324784106",
            "WeightSnapshot-1346486190",
            "WeightSnapshot-425564318",
            "WeightSnapshot-453764367");

    private static final Map<Integer, Schema> BY_ID =
            RELEASED.stream().collect(Collectors.toUnmodifiableMap(BuiltInSchemas::id, BuiltInSchemas::read));

    private BuiltInSchemas() {}

    static Optional<Schema> byId(int id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /// The schema as in its file under `schemas/`: without what the generated class says of Java's strings, which
    /// would make it another one to a registry.
    static Schema asFiled(Schema generated) {
        try {
            JsonNode json = withoutJava(new ObjectMapper().readTree(generated.toString()));
            return new Schema.Parser().parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("schema " + generated.getName() + " is not JSON", e);
        }
    }

    private static JsonNode withoutJava(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(GenericData.STRING_PROP);
            if (object.size() == 1 && object.path("type").asText().equals("string")) {
                return object.get("type");
            }
            object.properties().forEach(field -> field.setValue(withoutJava(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutJava(array.get(i)));
            }
        }
        return node;
    }

    private static int id(String released) {
        return Integer.parseInt(released.substring(released.indexOf('-') + 1));
    }

    private static Schema read(String released) {
        String file = "/schemas/released/" + released + ".avsc";
        try (InputStream in = BuiltInSchemas.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the program");
            }
            return new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
