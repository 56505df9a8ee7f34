package dev.inkstream.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.inkstream.app.bench.BenchSettings;
import dev.inkstream.app.bench.NetworkBenchOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OutputOption;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.app.console.UserException;
import dev.inkstream.app.feed.DatasetOptions;
import dev.inkstream.dataset.Dataset;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.dataset.Images;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures the network's kernels, and other engines on the same images.
@Command(name = "inkstream bench network", description = NetworkBenchOptions.DESCRIPTION)
final class NetworkCommand implements Callable<Integer> {
    private static final int POOL = 10_000;
    private static final int CLASSES = 10;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain the command and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Mixin
    private NetworkBenchOptions options = new NetworkBenchOptions();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    /// Given by the launcher.
    @Option(names = "--directory", hidden = true, defaultValue = "target/bench")
    private Path directory = Path.of("target", "bench");

    NetworkCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int iterations = options.iterations();
        List<Case> cases = chosen(options.only());
        JmhRun run = new JmhRun(directory, iterations);
        run.prepare();
        Dataset data = dataset.find(terminal);
        write(run.inputs(), cases, checked(data));
        Map<Case, Measurement> measured = new LinkedHashMap<>();
        for (Case each : cases) {
            terminal.err().printf("%d of %d: %s ... ", measured.size() + 1, cases.size(), each.text());
            terminal.err().flush();
            measured.put(each, measure(each, run));
        }
        ObjectNode settings = BenchSettings.json(spec, Map.of("dataset", new TextNode(data.description())));
        print(new Report(Peers.read(), settings, Text.count(POOL) + " of " + data.description(), measured));
        return ExitCode.OK;
    }

    private Measurement measure(Case benchmark, JmhRun run) {
        try {
            Measurement measurement = run.measure(benchmark);
            terminal.err().println(measurement.text() + " images/s");
            return measurement;
        } catch (UserException e) {
            terminal.err().println("failed");
            throw e;
        }
    }

    private void print(Report report) {
        terminal.out()
                .print(output.json() ? Json.document(BenchSettings.finite(report.toJson())) + "\n" : report.text());
        terminal.out().flush();
    }

    private static List<Case> chosen(Pattern only) {
        List<Case> cases = Case.all().stream()
                .filter(each -> only.matcher(each.text()).find())
                .toList();
        if (cases.isEmpty()) {
            throw UsageException.of(
                    "--only",
                    only.pattern(),
                    "a part of a name such as '" + Case.all().getFirst().text() + "'");
        }
        return cases;
    }

    private static Images checked(Dataset data) {
        Images images = data.training();
        if (!images.imageSize().equals(ImageSize.MNIST) || images.classes() != CLASSES || images.size() < POOL) {
            throw new UserException("the dataset is %s; it must have %s or more training images of %s in %d classes"
                    .formatted(data.description(), Text.count(POOL), ImageSize.MNIST, CLASSES));
        }
        return images.slice(0, POOL);
    }

    private static void write(Inputs inputs, List<Case> cases, Images images) {
        Set<NetworkModel> models = EnumSet.noneOf(NetworkModel.class);
        cases.forEach(each -> models.add(each.model()));
        models.forEach(model -> inputs.write(model, images));
    }
}
