package dev.inkstream.app.verify;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.models.LeftOut;
import dev.inkstream.app.models.ModelTopics;
import dev.inkstream.app.models.VersionName;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
    private static final long NONE = -1;
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

    @Option(names = "--version", paramLabel = "N", description = "Only this version: 7, v7 or an alias (default: all).")
    private @Nullable String version;

    /// @param nanos a clock, as [System#nanoTime()]
    public ModelsVerifyCommand(Terminal terminal, StopSignal stop, LongSupplier nanos) {
        this.terminal = terminal;
        this.stop = stop;
        this.nanos = nanos;
    }

    @Override
    public Integer call() throws InterruptedException {
        long start = nanos.getAsLong();
        imageSize.check();
        Optional<VersionName> named = Optional.ofNullable(version).map(text -> VersionName.of("--version", text));
        ReadAccess access = options.connect(terminal, stop, topics -> topics(topics, named));
        PublishedClaims published = PublishedClaims.read(access);
        String model = published.choose("--model", name);
        Predicate<Claim> wanted =
                wanted(published, model, new ModelTopics(access, new LeftOut(terminal.err()::println)), named);
        Findings findings = new Findings(this::print);
        ModelVerification verification = new ModelVerification(
                training -> new ReadAhead(KafkaExampleLog.open(access, training, imageSize.format(training))),
                new KafkaWeights(access),
                without.read(),
                findings);
        published
                .unreadable(model)
                .forEach(sentence -> findings.add(Finding.of(Finding.Kind.UNREADABLE, NONE, NONE, sentence)));
        long examples = verify(
                verification,
                ModelRun.of(published.of(model)),
                access.topics().weightSnapshots().name(),
                wanted);
        long versions = published.of(model).stream().filter(wanted).count();
        report(new ModelReport(model, versions, examples, (nanos.getAsLong() - start) / NANOS_PER_SECOND), findings);
        return findings.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static List<Topic<?, ?>> topics(Topics topics, Optional<VersionName> named) {
        return named.filter(VersionName::isAlias).isEmpty()
                ? List.of(topics.weightSnapshots(), topics.labeledImages())
                : List.of(topics.weightSnapshots(), topics.labeledImages(), topics.modelDecisions());
    }

    private static Predicate<Claim> wanted(
            PublishedClaims published, String model, ModelTopics topics, Optional<VersionName> named)
            throws InterruptedException {
        if (named.isEmpty()) {
            return claim -> true;
        }
        long number =
                published.version(model, topics.number(model, named.get())).version();
        return claim -> claim.version() == number;
    }

    private long verify(ModelVerification verification, List<ModelRun> runs, String topic, Predicate<Claim> wanted) {
        Findings findings = verification.findings();
        long examples = 0;
        boolean again = false;
        for (ModelRun run : runs) {
            if (again) {
                findings.add(run.startedAgain(topic));
            }
            if (version == null) {
                run.findGaps(topic, findings);
            }
            examples += verification.verify(run, wanted);
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
