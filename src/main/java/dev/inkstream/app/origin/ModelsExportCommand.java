package dev.inkstream.app.origin;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.cluster.ReadOptions;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.interchange.WeightsFormat;
import dev.inkstream.record.WeightSnapshot;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a version to a file.
@Command(
        name = "export",
        description = "Write a version to a file, for this program or others.",
        footer = {
            "",
            "Formats: inkstream (Avro container file, all that the topic has), onnx (for ONNX Runtime and others),"
                    + " npz (NumPy arrays), json."
        })
public final class ModelsExportCommand implements Callable<Integer> {
    private final OriginConsole console;

    @Mixin
    private ReadOptions options = new ReadOptions();

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "inkstream",
            description = "inkstream, onnx, npz or json (default: ${DEFAULT-VALUE}).")
    private WeightsFormat format = WeightsFormat.INKSTREAM;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "The file; an existing one is replaced (default: like digits-v7.onnx).")
    private @Nullable Path file;

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "The version: 7, v7 or an alias (default: the serving one, else the newest).")
    private @Nullable String version;

    public ModelsExportCommand(OriginConsole console) {
        this.console = console;
    }

    /// A file of one format under the name of another would be taken for what it is not.
    private void requireName() {
        String name = file == null ? "" : file.toString();
        if (WeightsFormat.ofFile(name).filter(named -> named != format).isPresent()) {
            throw UsageException.of(
                    "--to", name, "a name that ends with .%s, or with none of the formats'".formatted(format.ending()));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        requireName();
        VersionChoice choice = new VersionChoice(model.model(), version);
        WeightSnapshot snapshot = choice.from(console.connect(options, choice::topics));
        byte[] bytes = format.write(snapshot);
        Path to = file == null ? Path.of(format.fileName(snapshot)) : file;
        VersionFiles.write(to, bytes);
        if (options.json()) {
            console.terminal()
                    .out()
                    .println(Json.document(Json.object()
                            .put("model", snapshot.id().model())
                            .put("version", snapshot.id().version())
                            .put("weightsSha256", snapshot.id().weights().toString())
                            .put("format", format.name().toLowerCase(Locale.ROOT))
                            .put("file", to.toString())
                            .put("bytes", bytes.length)));
            return CommandLine.ExitCode.OK;
        }
        console.terminal()
                .out()
                .println("exported %s to %s (%s, %s)"
                        .formatted(
                                Text.printable(snapshot.id().toString()),
                                Text.printable(to.toString()),
                                format.name().toLowerCase(Locale.ROOT),
                                Text.count(bytes.length, "byte")));
        return CommandLine.ExitCode.OK;
    }
}
