package dev.inkstream.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A dashboard of `grafana/dashboards`, as it is in the file.
record Dashboard(String name, JsonNode json) {
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(Path.of("grafana/dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dashboard of(String name) {
        return read(Path.of("grafana/dashboards", name));
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every panel but the rows, which show nothing of their own.
    List<Panel> panels() {
        return nodes(json.get("panels"))
                .filter(panel -> !"row".equals(panel.path("type").asText()))
                .map(panel -> new Panel(name + ", '" + panel.path("title").asText() + "'", panel))
                .toList();
    }

    /// What the panel of a title asks of every job, instance and model, within a window of five minutes.
    List<String> expressions(String title) {
        return panels().stream()
                .filter(panel -> panel.text("/title").equals(title))
                .findFirst()
                .orElseThrow()
                .queries()
                .stream()
                .map(query -> query.ofEverySeries().expression().replace("$window", "5m"))
                .toList();
    }

    List<Query> annotations() {
        return nodes(json.at("/annotations/list"))
                .map(annotation -> new Query(
                        name + ", annotation '" + annotation.path("name").asText() + "'",
                        annotation.path("expr").asText()))
                .toList();
    }

    /// The variables that Prometheus fills, each as the series that must have its label.
    List<Query> variables() {
        return variableNodes("query")
                .map(variable -> {
                    Matcher matcher =
                            LABEL_VALUES.matcher(variable.at("/query/query").asText());
                    String query = matcher.replaceAll("group by ($2) ($1)");
                    return new Query(
                            name + ", variable " + variable.path("name").asText(), query);
                })
                .toList();
    }

    Stream<JsonNode> variableNodes(String type) {
        return nodes(json.at("/templating/list"))
                .filter(variable -> type.equals(variable.path("type").asText()));
    }

    static Stream<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /// @param where names it to a person
    record Panel(String where, JsonNode json) {
        List<Query> queries() {
            return nodes(json.path("targets"))
                    .map(target -> new Query(
                            where + ", " + target.path("refId").asText(),
                            target.path("expr").asText()))
                    .toList();
        }

        String text(String pointer) {
            return json.at(pointer).asText();
        }

        int number(String pointer) {
            return json.at(pointer).asInt();
        }
    }
}
