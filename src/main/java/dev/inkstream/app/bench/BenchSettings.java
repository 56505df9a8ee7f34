package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.BuildVersion;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.process.JavaCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What a measurement ran with: enough to repeat it. Stateless.
public final class BenchSettings {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WORD = Pattern.compile("-([a-z])");

    private BenchSettings() {}

    /// Version, JVM options, and each option by its name in camel case, with its default if it was not given.
    ///
    /// @param command that was parsed
    /// @param effective values of options whose default another class chooses, by those names
    public static ObjectNode json(CommandSpec command, Map<String, JsonNode> effective) {
        ObjectNode json = Json.object().put("inkstream", BuildVersion.name());
        ArrayNode java = json.putArray("jvmOptions");
        JavaCommand.ofThisProcess().options().forEach(java::add);
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && !option.inherited() && !option.usageHelp()) {
                json.set(name(option), value(option.getValue()));
            }
        }
        return json.setAll(effective);
    }

    /// Those of a command that measures roles.
    static ObjectNode json(CommandSpec command, BenchInput input, ProcessingOptions processing) {
        Map<String, JsonNode> effective = new LinkedHashMap<>(processing.effective());
        effective.putAll(input.effective());
        return json(command, effective);
    }

    /// `--warm-up` as `warmUp`.
    private static String name(OptionSpec option) {
        String words = option.longestName().replaceFirst("^-+", "");
        return WORD.matcher(words).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    private static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Enum<?> constant -> NODES.textNode(Workload.written(constant));
            case List<?> several -> {
                ArrayNode array = Json.array();
                several.forEach(each -> array.add(value(each)));
                yield array;
            }
            default -> NODES.textNode(value.toString());
        };
    }

    /// The same document with null for each number that JSON has no form for: NaN and the infinities.
    public static ObjectNode finite(ObjectNode document) {
        ObjectNode json = Json.object();
        document.properties().forEach(field -> json.set(field.getKey(), finite(field.getValue())));
        return json;
    }

    private static JsonNode finite(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> finite(object);
            case ArrayNode array -> {
                ArrayNode json = Json.array();
                array.forEach(each -> json.add(finite(each)));
                yield json;
            }
            default -> node.isNumber() && !Double.isFinite(node.doubleValue()) ? NODES.nullNode() : node;
        };
    }
}
