package dev.inkstream.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The expressions of dashboards and alert rules: the linter's rules for them, and that they and `docs/metrics.md` know
/// the same metrics.
class ExpressionsTest {
    private static final Map<String, DocumentedMetric> METRICS = DocumentedMetric.all();

    private static final Pattern METRIC = Pattern.compile("\\binkstream_\\w+");
    private static final Pattern SELECTOR = Pattern.compile("\\b(inkstream_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\(([\\w, ]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[([^]]*)]");
    private static final Pattern PARTS_OF_A_HISTOGRAM = Pattern.compile("_(bucket|sum|count)$");
    /// What Prometheus adds, and what every series has.
    private static final Set<String> ALWAYS = Set.of("job", "instance", "le", "role", "model");

    static List<Query> panelQueries() {
        return Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .toList();
    }

    static List<Query> annotations() {
        return Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.annotations().stream())
                .toList();
    }

    static List<Query> dashboardQueries() {
        return Stream.concat(panelQueries().stream(), annotations().stream()).toList();
    }

    static List<Query> queries() {
        return Stream.concat(panelsAndAlerts().stream(), annotations().stream()).toList();
    }

    static List<Query> panelsAndAlerts() {
        List<Query> queries = new ArrayList<>(panelQueries());
        AlertRule.all().stream().map(AlertRule::query).forEach(queries::add);
        return queries;
    }

    @Test
    void panelsAndAlertsShowEveryDocumentedMetricAndNoOther() {
        Set<String> used = new TreeSet<>();
        queries()
                .forEach(query -> METRIC.matcher(query.expression())
                        .results()
                        .forEach(metric -> used.add(documented(metric.group()))));

        assertThat(METRICS).hasSizeGreaterThan(20);
        assertThat(used).isEqualTo(new TreeSet<>(METRICS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("dashboardQueries")
    void everySelectorKeepsToTheChosenJobsInstancesAndModels(Query query) {
        assertThat(SELECTOR.matcher(query.expression()).results())
                .isNotEmpty()
                .allSatisfy(selector -> assertThat(selector.group(2))
                        .contains("job=~\"$job\"", "instance=~\"$instance\"", "model=~\"$model\""));
    }

    @ParameterizedTest
    @MethodSource("panelQueries")
    void rangesFollowTheResolutionOrTheChosenTimes(Query query) {
        assertThat(RANGE.matcher(query.expression()).results().map(range -> range.group(1)))
                .isSubsetOf("$__rate_interval", "$window", "$ago");
    }

    /// A range of one `$__interval` loses what happens between the last sample of a step and the first of the next; a
    /// `$__rate_interval` is at least four steps of an annotation, and would mark an event in each of them.
    @ParameterizedTest
    @MethodSource("annotations")
    void annotationsCompareEachStepWithTheOneBefore(Query query) {
        assertThat(query.expression())
                .containsPattern("(\\binkstream_\\w+\\{[^}]*}) (!=|-) \\1 offset \\$__interval")
                .doesNotContainPattern(RANGE);
    }

    @ParameterizedTest
    @MethodSource("panelsAndAlerts")
    void countersAreReadAsRatesAndGaugesAsTheyAre(Query query) {
        METRIC.matcher(query.expression()).results().forEach(metric -> {
            String before = query.expression().substring(0, metric.start());
            boolean counts = isCounter(metric.group());
            boolean rated = before.endsWith("rate(") || before.endsWith("increase(");
            assertThat(rated).as("%s: %s", query.where(), metric.group()).isEqualTo(counts);
        });
    }

    @ParameterizedTest
    @MethodSource("queries")
    void labelsAreDocumentedAndBoundsAreNeverNamed(Query query) {
        SELECTOR.matcher(query.expression())
                .results()
                .forEach(selector -> matchers(selector).forEach(matcher -> {
                    assertThat(matcher.group(1)).as(query.where()).isNotEqualTo("le");
                    if (!ALWAYS.contains(matcher.group(1))) {
                        assertThat(METRICS.get(documented(selector.group(1))).labels())
                                .as(query.where())
                                .hasEntrySatisfying(
                                        matcher.group(1),
                                        values -> assertThat(values)
                                                .contains(matcher.group(3).split("\\|")));
                    }
                }));
        Set<String> known = new TreeSet<>(ALWAYS);
        METRIC.matcher(query.expression())
                .results()
                .forEach(metric -> known.addAll(
                        METRICS.get(documented(metric.group())).labels().keySet()));
        GROUPING.matcher(query.expression())
                .results()
                .flatMap(grouping -> Stream.of(grouping.group(1).split(", ?")))
                .filter(label -> !label.isEmpty())
                .forEach(label -> assertThat(known).as(query.where()).contains(label));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void parenthesesClose(Query query) {
        String expression = query.expression();

        assertThat(expression.chars().filter(c -> c == '(').count())
                .isEqualTo(expression.chars().filter(c -> c == ')').count());
    }

    private static Stream<MatchResult> matchers(MatchResult selector) {
        return selector.group(2) == null
                ? Stream.of()
                : MATCHER.matcher(selector.group(2)).results();
    }

    private static boolean isCounter(String series) {
        return !METRICS.containsKey(series) || METRICS.get(series).isCounter();
    }

    /// The metric that a series is of: a histogram's are named after it.
    private static String documented(String series) {
        return METRICS.containsKey(series)
                ? series
                : PARTS_OF_A_HISTOGRAM.matcher(series).replaceFirst("");
    }
}
