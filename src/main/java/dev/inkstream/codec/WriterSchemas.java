package dev.inkstream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/// Reads one schema that records were written with, and those it refers to, from the answers of a registry. Not
/// thread-safe: one for each schema.
///
/// They are read as leniently as other clients do: with names and defaults that Avro would not accept in a new
/// schema.
final class WriterSchemas {
    private static final int MAX_REFERENCES = 100;
    private static final int MAX_DEPTH = 10;
    private static final String TOO_LONG = "longer than " + RegistryBody.MAX_BYTES + " bytes in the schema registry";

    private final RegistryServers servers;
    private final RegistryLookUp lookUp;
    private final Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    private final Set<String> seen = new HashSet<>();
    private int chars;

    /// @param chars length of all text it was read from
    record Read(Schema schema, int chars) {}

    /// @param lookUp gets the schemas that are referred to
    WriterSchemas(RegistryServers servers, RegistryLookUp lookUp) {
        this.servers = servers;
        this.lookUp = lookUp;
    }

    /// @throws UnreadableSchemaException if what the registry has is no Avro schema, or is too long
    /// @throws SchemaRegistryException if the registry does not answer, or without a schema
    Read read(RegistryAnswer answer) throws UnreadableSchemaException {
        if (answer.isTooLong()) {
            throw UnreadableSchemaException.forGood("is " + TOO_LONG + "; it must be at most that");
        }
        return new Read(parse(answer, 0), chars);
    }

    private Schema parse(RegistryAnswer answer, int depth) throws UnreadableSchemaException {
        JsonNode text = answer.body().path("schema");
        if (!text.isTextual()) {
            throw servers.failure("answered without a schema; check schema.registry.url");
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equalsIgnoreCase("AVRO")) {
            throw UnreadableSchemaException.forGood(
                    "is a schema of type " + RegistryAnswer.line(type) + " in the schema registry; it must be AVRO");
        }
        for (JsonNode reference : answer.body().path("references")) {
            fetch(reference, depth + 1);
        }
        chars += text.textValue().length();
        try {
            return parser.parse(text.textValue());
        } catch (RuntimeException e) {
            // Avro's own exceptions, but also others: a type that is not defined is a NullPointerException.
            throw UnreadableSchemaException.forGood(
                    "cannot be read as an Avro schema: " + RegistryAnswer.line(String.valueOf(e.getMessage())));
        }
    }

    private void fetch(JsonNode reference, int depth) throws UnreadableSchemaException {
        String subject = reference.path("subject").asText();
        String version = reference.path("version").asText();
        if (!seen.add(subject + " " + version)) {
            return;
        }
        if (depth > MAX_DEPTH || seen.size() > MAX_REFERENCES) {
            throw UnreadableSchemaException.forGood("refers to more than " + MAX_REFERENCES + " schemas, or over more"
                    + " than " + MAX_DEPTH + " others; it must be at most that");
        }
        RegistryAnswer answer = lookUp.ask(
                RegistryRequest.get("/subjects/" + encoded(subject) + "/versions/" + encoded(version)),
                RegistryAnswer::saysNotFound);
        String which = "version " + RegistryAnswer.line(version) + " of subject " + RegistryAnswer.line(subject);
        if (answer.saysNotFound()) {
            throw UnreadableSchemaException.after(
                    lookUp.waited(), "refers to " + which + ", which the schema registry does not have");
        }
        if (answer.isTooLong()) {
            throw UnreadableSchemaException.forGood("refers to " + which + ", which is " + TOO_LONG);
        }
        if (!answer.isOk()) {
            throw servers.failure("did not give " + which + ": " + answer.reason());
        }
        parse(answer, depth);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
