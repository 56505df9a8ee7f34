package dev.inkstream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Table;
import dev.inkstream.app.console.Table.Column;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The runs of `bench pipeline`, as text and as JSON. Immutable.
///
/// @param network that was measured
record PipelineReport(String network, List<Measured> runs) {
    private record Kind(Workload workload, int threads) {}

    /// A row for each workload and number of threads, then a row for each ratio.
    String text() {
        String text = rates().text();
        boolean alone = Ratio.of(runs).isEmpty() && CpuRatio.of(runs).isEmpty();
        return alone ? text : text + "\n" + ratios().text();
    }

    private Table rates() {
        Table table = new Table(
                Column.text("WORKLOAD"),
                Column.number("THREADS"),
                Column.number("RUNS"),
                Column.number("IMAGES/S"),
                Column.number("ROLE CPU S/MILLION"),
                Column.number("BROKER CPU S/MILLION"));
        kinds().forEach(kind -> table.row(
                kind.workload().toString(),
                Integer.toString(kind.threads()),
                Long.toString(of(kind).size()),
                "%,.0f".formatted(median(kind, RateWindow::perSecond)),
                "%.2f".formatted(median(kind, RateWindow::roleCpuPerMillion)),
                "%.2f".formatted(median(kind, RateWindow::brokerCpuPerMillion))));
        return table;
    }

    private Table ratios() {
        Table table = new Table(
                Column.text("RATIO"),
                Column.number("THREADS"),
                Column.number("PAIRS"),
                Column.number("MEDIAN"),
                Column.number("LEAST"),
                Column.number("MOST"));
        Ratio.of(runs).forEach(ratio -> row(table, ratio.of() + " / " + ratio.to(), ratio.threads(), ratio.pairs()));
        CpuRatio.of(runs).forEach(ratio -> row(table, ratio.name(), ratio.threads(), ratio.pairs()));
        return table;
    }

    private static void row(Table table, String name, int threads, List<Double> pairs) {
        table.row(
                name,
                Integer.toString(threads),
                Integer.toString(pairs.size()),
                "%.3f".formatted(Median.of(pairs)),
                "%.3f".formatted(Collections.min(pairs)),
                "%.3f".formatted(Collections.max(pairs)));
    }

    private List<Kind> kinds() {
        return runs.stream()
                .map(run -> new Kind(run.workload(), run.threads()))
                .distinct()
                .toList();
    }

    private List<RateWindow> of(Kind kind) {
        return runs.stream()
                .filter(run -> run.workload() == kind.workload() && run.threads() == kind.threads())
                .map(Measured::window)
                .toList();
    }

    private double median(Kind kind, ToDoubleFunction<RateWindow> value) {
        return Median.of(of(kind).stream().map(value::applyAsDouble).toList());
    }

    /// Network, every run and every ratio.
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("network", network);
        ArrayNode all = json.putArray("runs");
        runs.forEach(run -> all.add(json(run)));
        ArrayNode ratios = json.putArray("ratios");
        Ratio.of(runs).forEach(ratio -> ratios.add(json(ratio)));
        ArrayNode cpuRatios = json.putArray("cpuRatios");
        CpuRatio.of(runs).forEach(ratio -> cpuRatios.add(json(ratio)));
        return json;
    }

    private static ObjectNode json(Measured run) {
        return Json.object()
                .put("workload", run.workload().toString())
                .put("threads", run.threads())
                .put("round", run.round())
                .put("records", run.window().records())
                .put("seconds", run.window().seconds())
                .put("recordsPerSecond", run.window().perSecond())
                .put("roleCpuSeconds", run.window().roleCpu().toMillis() / 1e3)
                .put("brokerCpuSeconds", run.window().brokerCpu().toMillis() / 1e3);
    }

    private static ObjectNode json(Ratio ratio) {
        ObjectNode json = Json.object()
                .put("of", ratio.of().toString())
                .put("to", ratio.to().toString())
                .put("threads", ratio.threads())
                .put("median", ratio.median());
        ArrayNode pairs = json.putArray("pairs");
        ratio.pairs().forEach(pairs::add);
        return json;
    }

    private static ObjectNode json(CpuRatio ratio) {
        ObjectNode json = Json.object()
                .put("workload", ratio.workload().toString())
                .put("threads", ratio.threads())
                .put("leastThreads", ratio.least())
                .put("median", ratio.median());
        ArrayNode pairs = json.putArray("pairs");
        ratio.pairs().forEach(pairs::add);
        return json;
    }
}
