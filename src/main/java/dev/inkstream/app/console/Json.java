package dev.inkstream.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Builds and writes JSON (RFC 8259). What is beyond ASCII is escaped, so that the bytes are
/// valid UTF-8 whatever charset the terminal has. Stateless.
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// On one line, without a line feed.
    public static String line(JsonNode json) {
        return written(MAPPER.writer(), json);
    }

    /// Indented, as a person reads it, without a line feed at the end.
    public static String document(JsonNode json) {
        return written(MAPPER.writerWithDefaultPrettyPrinter(), json);
    }

    private static String written(ObjectWriter writer, JsonNode json) {
        try {
            return writer.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}
