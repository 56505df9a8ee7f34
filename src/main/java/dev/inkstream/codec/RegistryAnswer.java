package dev.inkstream.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/// What a schema registry answered. Immutable.
///
/// @param status HTTP's
/// @param body the JSON; missing if the answer has none, or is too long
/// @param isTooLong whether the answer is a JSON object of more than [RegistryBody#MAX_BYTES]: it was not read
record RegistryAnswer(int status, JsonNode body, boolean isTooLong) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The registry knows the subject, but not the schema, or no schema of the id.
    private static final int NO_SCHEMA = 40403;

    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;
    private static final int MAX_REASON_CHARS = 200;

    static RegistryAnswer of(int status, RegistryBody.Text text) {
        if (text.isCut()) {
            boolean isObject = text.start().stripLeading().startsWith("{");
            return new RegistryAnswer(status, MissingNode.getInstance(), isObject);
        }
        try {
            return new RegistryAnswer(status, JSON.readTree(text.start()), false);
        } catch (JsonProcessingException e) {
            return new RegistryAnswer(status, MissingNode.getInstance(), false);
        }
    }

    boolean isOk() {
        return status == 200;
    }

    /// Whether the registry itself says that it has no such schema. Any other 404 comes from something in front of
    /// it, or from an address that is no registry's.
    boolean saysUnknownSchema() {
        return status == 404 && errorCode() == NO_SCHEMA;
    }

    /// Whether the registry itself says that it has no such subject, version or schema.
    boolean saysNotFound() {
        int code = errorCode();
        return status == 404 && (code == NO_SUBJECT || code == NO_VERSION || code == NO_SCHEMA);
    }

    private int errorCode() {
        return body.path("error_code").asInt(0);
    }

    /// Status and the registry's own message, as one short line of printable characters. Nothing else of an answer is
    /// ever shown: it may be a page.
    String reason() {
        String message = line(body.path("message").asText(""));
        return "HTTP " + status + (message.isEmpty() ? "" : " (" + message + ")");
    }

    /// At most 200 characters, all printable, without line breaks.
    static String line(String text) {
        String printable = text.codePoints()
                .limit(2 * MAX_REASON_CHARS)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip()
                .replaceAll("\\s+", " ");
        return printable.length() <= MAX_REASON_CHARS ? printable : printable.substring(0, MAX_REASON_CHARS) + "...";
    }
}
