package dev.inkstream.interchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Publisher;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.TrainingProgress.Prequential;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.WeightSnapshot.Layers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// All of a version but its parameters, as JSON, by the names of the fields of its schema. Digests are hexadecimal.
/// Stateless.
final class Header {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final String SIZES = "layerSizes";
    static final String PUBLISHER = "publisher";
    private static final String SUMMATION = "summation";

    /// The fields with one value, and those of the publisher.
    static final Set<String> FIELDS = Set.of(
            "model",
            "version",
            "sha256",
            "hiddenActivation",
            "outputActivation",
            SUMMATION,
            "examples",
            "miniBatches",
            "lastOffset",
            "recentExamples",
            "recentCorrect",
            "recentLoss",
            "training",
            "firstOffset",
            "parent",
            "source",
            "role",
            "instance",
            "program");

    private static final int MAX_LAYERS = 100;

    /// Texts of a version are shorter.
    private static final int MAX_CHARACTERS = 4_000;

    private Header() {}

    static ObjectNode of(WeightSnapshot snapshot) {
        TrainingProgress progress = snapshot.progress();
        ObjectNode json = MAPPER.createObjectNode()
                .put("model", snapshot.id().model())
                .put("version", snapshot.id().version())
                .put("sha256", snapshot.id().weights().toString());
        ArrayNode sizes = json.putArray(SIZES);
        snapshot.layers().sizes().forEach(sizes::add);
        json.put("hiddenActivation", snapshot.layers().hidden())
                .put("outputActivation", snapshot.layers().output())
                .put(SUMMATION, snapshot.layers().summation())
                .put("examples", progress.examples())
                .put("miniBatches", progress.miniBatches())
                .put("lastOffset", progress.lastOffset())
                .put("recentExamples", progress.recent().examples())
                .put("recentCorrect", progress.recent().correct())
                .put("recentLoss", progress.recent().meanLoss())
                .put("training", snapshot.training());
        provenance(json, snapshot.provenance());
        return json;
    }

    private static void provenance(ObjectNode json, Provenance provenance) {
        provenance.firstOffset().ifPresent(offset -> json.put("firstOffset", offset));
        provenance.parent().ifPresent(parent -> json.put("parent", parent.toString()));
        provenance
                .publisher()
                .ifPresent(who -> json.putObject(PUBLISHER)
                        .put("role", who.role())
                        .put("instance", who.instance())
                        .put("program", who.program()));
        provenance.source().ifPresent(source -> json.put("source", source));
    }

    /// @throws dev.inkstream.record.InvalidRecordException if it is no header
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw WeightsFile.refused("its metadata is not JSON: " + e.getOriginalMessage());
        }
    }

    /// The version of a header and its parameters, which belong to it from then on.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if a field is missing or wrong, or the digest another
    static WeightSnapshot snapshot(JsonNode json, byte[] parameters) {
        return new WeightSnapshot(
                        new ModelVersion(text(json, "model"), number(json, "version"), digest(json, "sha256")),
                        new Layers(
                                sizes(json),
                                text(json, "hiddenActivation"),
                                text(json, "outputActivation"),
                                json.has(SUMMATION) ? text(json, SUMMATION) : Layers.SEQUENTIAL),
                        parameters,
                        new TrainingProgress(
                                number(json, "examples"),
                                number(json, "miniBatches"),
                                number(json, "lastOffset"),
                                new Prequential(
                                        number(json, "recentExamples"),
                                        number(json, "recentCorrect"),
                                        json.path("recentLoss").asDouble())),
                        text(json, "training"))
                .with(provenance(json));
    }

    private static Provenance provenance(JsonNode json) {
        JsonNode who = json.path(PUBLISHER);
        return new Provenance(
                json.has("firstOffset") ? OptionalLong.of(number(json, "firstOffset")) : OptionalLong.empty(),
                json.has("parent") ? Optional.of(digest(json, "parent")) : Optional.empty(),
                who.isObject()
                        ? Optional.of(new Publisher(text(who, "role"), text(who, "instance"), text(who, "program")))
                        : Optional.empty(),
                json.has("source") ? Optional.of(text(json, "source")) : Optional.empty());
    }

    /// @throws dev.inkstream.record.InvalidRecordException if they are too many
    static void checkLayers(int count) {
        if (count > MAX_LAYERS) {
            throw WeightsFile.refused("its layerSizes are no list of at most " + MAX_LAYERS + " numbers");
        }
    }

    /// @throws dev.inkstream.record.InvalidRecordException if it is too long
    static void checkText(String field, int characters) {
        if (characters > MAX_CHARACTERS) {
            throw WeightsFile.refused(
                    "its %s has %d characters; it must have at most %d".formatted(field, characters, MAX_CHARACTERS));
        }
    }

    static List<Integer> sizes(JsonNode json) {
        JsonNode sizes = json.path(SIZES);
        checkLayers(sizes.isArray() ? sizes.size() : Integer.MAX_VALUE);
        List<Integer> list = new ArrayList<>();
        sizes.forEach(size -> list.add(size.intValue()));
        return list;
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw WeightsFile.refused("its " + field + " is missing; it must be a text");
        }
        String text = json.path(field).textValue();
        checkText(field, text.length());
        return text;
    }

    private static long number(JsonNode json, String field) {
        if (!json.path(field).canConvertToLong() || !json.path(field).isIntegralNumber()) {
            throw WeightsFile.refused("its " + field + " is missing; it must be a whole number");
        }
        return json.path(field).longValue();
    }

    private static Sha256 digest(JsonNode json, String field) {
        try {
            return Sha256.fromDigest(HexFormat.of().parseHex(text(json, field)));
        } catch (IllegalArgumentException e) {
            throw WeightsFile.refused("its " + field + " is no SHA-256; it must be 64 hexadecimal digits");
        }
    }
}
