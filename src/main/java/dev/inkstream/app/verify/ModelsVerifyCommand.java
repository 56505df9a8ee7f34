package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.OptionRange;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Trains a model again from the log, and compares the weights of its versions.
@Command(
        name = "verify",
        description = "Train a model again from its labeled images, and compare the SHA-256 of every version.",
        footer = {
            "",
            "Exit status 1: a version differs, or cannot be verified since records are gone. The first difference is"
                    + " printed in full."
        })
public final class ModelsVerifyCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final StopSignal stop;
    private final LongSupplier nanos;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ImageSizeOption imageSize = new ImageSizeOption();

    @Mixin
    private ExclusionOptions without = new ExclusionOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "The model's name (default: the only one there is).")
    private @Nullable String name;

    @Option(names = "--version", paramLabel = "N", description = "Only this version (default: all).")
    private @Nullable Long version;

    /// @param nanos a clock, as [System#nanoTime()]
    public ModelsVerifyCommand(Terminal terminal, StopSignal stop, LongSupplier nanos) {
        this.terminal = terminal;
        this.stop = stop;
        this.nanos = nanos;
    }

    @Override
    public Integer call() throws InterruptedException {
        long start = nanos.getAsLong();
        check();
        ReadAccess access =
                options.connect(terminal, stop, topics -> List.of(topics.weightSnapshots(), topics.labeledImages()));
        PublishedClaims published = PublishedClaims.read(access);
        String model = published.choose("--model", name);
        Findings findings = new Findings(this::print);
        ModelVerification verification = new ModelVerification(
                training -> new ReadAhead(KafkaExampleLog.open(access, model, imageSize.format(training))),
                new KafkaWeights(access),
                without.read(),
                findings);
        long examples = verify(
                verification,
                published,
                model,
                access.topics().weightSnapshots().name());
        long versions = published.of(model).stream().filter(this::isWanted).count();
        report(new ModelReport(model, versions, examples, (nanos.getAsLong() - start) / NANOS_PER_SECOND), findings);
        return findings.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void check() {
        if (version != null) {
            OptionRange.from("--version", 0).check(version);
        }
        imageSize.check();
    }

    private boolean isWanted(Claim claim) {
        return version == null || version == claim.version();
    }

    private long verify(ModelVerification verification, PublishedClaims published, String model, String topic) {
        Findings findings = verification.findings();
        if (version != null) {
            var _ = published.version(model, version);
        }
        long none = -1;
        published
                .unreadable(model)
                .forEach(sentence -> findings.add(Finding.of(Finding.Kind.UNREADABLE, none, none, sentence)));
        long examples = 0;
        boolean again = false;
        for (ModelRun run : ModelRun.of(published.of(model))) {
            if (again) {
                findings.add(run.startedAgain(topic));
            }
            if (version == null) {
                run.findGaps(topic, findings);
            }
            examples += verification.verify(run, this::isWanted);
            again = true;
        }
        return examples;
    }

    private void print(Finding finding) {
        if (!options.json()) {
            ModelReport.lines(finding).forEach(terminal.out()::println);
            terminal.out().flush();
        }
    }

    private void report(ModelReport report, Findings findings) {
        terminal.out().println(options.json() ? Json.document(report.json(findings)) : report.text(findings));
    }
}
