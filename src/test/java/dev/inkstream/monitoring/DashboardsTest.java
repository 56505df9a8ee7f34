package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.inkstream.monitoring.Dashboard.Panel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The rules of grafana/dashboard-linter that concern the file, and that nothing lies upon anything else.
class DashboardsTest {
    static final List<Dashboard> DASHBOARDS = Dashboard.all();

    private static final int WIDTH = 24;
    private static final String DATASOURCE = "${datasource}";
    private static final Set<String> UNITS = Set.of("percentunit", "cps", "s", "short", "none", "bytes", "sci");
    private static final Set<String> WITH_LEGEND = Set.of("timeseries", "bargauge", "state-timeline");

    @Test
    void thereAreFourAndEachHasItsUid() {
        assertThat(DASHBOARDS)
                .extracting(dashboard -> dashboard.json().path("uid").asText())
                .containsExactlyInAnyOrder(
                        "inkstream-accuracy", "inkstream-pipeline", "inkstream-learning", "inkstream-serving");
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void itIsProvisionedAndRefreshesByItself(Dashboard dashboard) {
        JsonNode json = dashboard.json();

        assertThat(json.path("id").isNull())
                .as("an id is the database's to give")
                .isTrue();
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        assertThat(json.path("schemaVersion").asInt()).isBetween(39, 42);
        assertThat(json.path("refresh").asText()).isEqualTo("5s");
        assertThat(json.at("/time/to").asText()).isEqualTo("now");
        assertThat(json.path("title").asText()).startsWith("Inkstream: ");
        assertThat(json.path("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void dataSourceJobInstanceAndModelAreVariables(Dashboard dashboard) {
        assertThat(dashboard.variableNodes("datasource"))
                .singleElement()
                .satisfies(
                        variable -> assertThat(variable.path("query").asText()).isEqualTo("prometheus"));
        assertThat(dashboard.variableNodes("query"))
                .extracting(variable -> variable.path("name").asText())
                .containsExactly("job", "instance", "model");
        assertThat(dashboard.variableNodes("query")).allSatisfy(variable -> {
            assertThat(variable.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
            assertThat(variable.path("label").asText()).isNotBlank();
            assertThat(variable.path("multi").asBoolean()).isTrue();
            assertThat(variable.path("includeAll").asBoolean()).isTrue();
            // A labeler has no model.
            assertThat(variable.path("allValue").asText())
                    .isEqualTo(variable.path("name").asText().equals("model") ? ".*" : ".+");
            assertThat(variable.path("refresh").asInt())
                    .as("2: when the time range changes")
                    .isEqualTo(2);
        });
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
        for (Panel panel : dashboard.panels()) {
            assertThat(panel.text("/title")).as(panel.where()).isNotBlank();
            assertThat(panel.text("/description"))
                    .as(panel.where())
                    .hasSizeGreaterThan(60)
                    .endsWith(".");
            assertThat(panel.text("/fieldConfig/defaults/unit"))
                    .as(panel.where())
                    .isIn(UNITS);
            assertThat(panel.json().at("/fieldConfig/defaults/thresholds/steps"))
                    .as(panel.where())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void everyPanelAsksTheChosenDataSource(Dashboard dashboard) {
        for (Panel panel : dashboard.panels()) {
            assertThat(panel.text("/datasource/uid")).as(panel.where()).isEqualTo(DATASOURCE);
            assertThat(panel.json().path("targets"))
                    .as(panel.where())
                    .isNotEmpty()
                    .allSatisfy(target -> {
                        assertThat(target.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
                        assertThat(target.path("instant").asBoolean())
                                .isNotEqualTo(target.path("range").asBoolean());
                        if (WITH_LEGEND.contains(panel.text("/type"))) {
                            assertThat(target.path("legendFormat").asText()).isNotBlank();
                        }
                    });
        }
        assertThat(Dashboard.nodes(dashboard.json().at("/annotations/list")))
                .allSatisfy(annotation ->
                        assertThat(annotation.at("/datasource/uid").asText()).isEqualTo(DATASOURCE));
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void panelsHaveTheirOwnIdsAndPlaces(Dashboard dashboard) {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode json : dashboard.json().path("panels")) {
            Panel panel = new Panel(dashboard.name() + ", " + json.path("title"), json);
            assertThat(ids.add(panel.number("/id"))).as(panel.where()).isTrue();
            cells(panel)
                    .forEach(cell -> assertThat(taken.add(cell))
                            .as("%s at %s", panel.where(), cell)
                            .isTrue());
        }
        int rows = taken.size() / WIDTH;
        assertThat(taken).as("no gap in %d rows of %d", rows, WIDTH).hasSize(rows * WIDTH);
    }

    @Test
    void theFirstScreenOfAccuracyAnswersThreeQuestions() {
        Dashboard accuracy = Dashboard.of("accuracy.json");

        assertThat(accuracy.panels().stream()
                        .filter(panel -> panel.number("/gridPos/y") == 0)
                        .limit(3))
                .extracting(panel -> panel.text("/title"))
                .containsExactly("Now", "Change since ${ago:text} ago, in points", "Worst digit");
        assertThat(accuracy.panels().stream().filter(panel -> panel.number("/gridPos/y") == 5))
                .extracting(panel -> panel.text("/title"))
                .containsExactly("Accuracy: live, prequential, holdout", "Accuracy, by digit");
        assertThat(accuracy.annotations())
                .extracting(Query::where)
                .containsExactly(
                        "accuracy.json, annotation 'Versions'",
                        "accuracy.json, annotation 'Drift'",
                        "accuracy.json, annotation 'Decisions'");
    }

    @Test
    void theFirstScreenOfServingShowsWhatServesAndThePairedComparison() {
        Dashboard serving = Dashboard.of("serving.json");

        assertThat(serving.panels().stream().filter(panel -> panel.number("/gridPos/y") == 0))
                .extracting(panel -> panel.text("/title"))
                .containsExactly(
                        "Serving version",
                        "Shadow",
                        "Newest version",
                        "Versions behind",
                        "Promotions",
                        "Shadow against serving, in points");
        assertThat(serving.panels().stream().filter(panel -> panel.number("/gridPos/y") == 4))
                .extracting(panel -> panel.text("/title"))
                .containsExactly(
                        "Versions: newest, serving, shadow", "Accuracy on the same images: serving and shadow");
    }

    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void itLinksToTheOthers(Dashboard dashboard) {
        assertThat(Dashboard.nodes(dashboard.json().path("links")))
                .extracting(link -> link.path("url").asText())
                .containsExactlyInAnyOrderElementsOf(DASHBOARDS.stream()
                        .filter(other -> !other.name().equals(dashboard.name()))
                        .map(other -> "/d/" + other.json().path("uid").asText())
                        .toList());
    }

    /// A version every minute would cover a chart of three hours; so would its promotion. *Serving* is about them.
    @ParameterizedTest
    @FieldSource("DASHBOARDS")
    void driftIsMarkedAndVersionsAndDecisionsAreWhereAsked(Dashboard dashboard) {
        assertThat(Dashboard.nodes(dashboard.json().at("/annotations/list")))
                .extracting(
                        annotation -> annotation.path("name").asText(),
                        annotation -> annotation.path("enable").asBoolean())
                .containsExactly(
                        Tuple.tuple("Versions", false),
                        Tuple.tuple("Drift", true),
                        Tuple.tuple("Decisions", dashboard.name().equals("serving.json")));
    }

    private static Stream<String> cells(Panel panel) {
        int x = panel.number("/gridPos/x");
        int y = panel.number("/gridPos/y");
        int width = panel.number("/gridPos/w");
        assertThat(x + width).as(panel.where()).isBetween(1, WIDTH);
        return Stream.iterate(x, column -> column < x + width, column -> column + 1)
                .flatMap(column -> Stream.iterate(y, row -> row < y + panel.number("/gridPos/h"), row -> row + 1)
                        .map(row -> column + "," + row));
    }
}
