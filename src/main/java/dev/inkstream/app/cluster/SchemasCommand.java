package dev.inkstream.app.cluster;

import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.WireSchema;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints what producers and consumers in other languages need to know of the schemas.
@Command(
        name = "schemas",
        description = "List the Avro schemas and their ids without a schema registry, or print one schema.")
public final class SchemasCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Print this schema as JSON.")
    private @Nullable String name;

    public SchemasCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (name == null) {
            AvroSerdes.wireSchemas()
                    .forEach(schema -> terminal.out().printf("%-15s %10d%n", schema.name(), schema.id()));
        } else {
            terminal.out().println(named(name).json());
        }
        return CommandLine.ExitCode.OK;
    }

    private static WireSchema named(String name) {
        return AvroSerdes.wireSchemas().stream()
                .filter(schema -> schema.name().equals(name))
                .findFirst()
                .orElseThrow(() -> UsageException.of(
                        "NAME",
                        name,
                        "one of "
                                + AvroSerdes.wireSchemas().stream()
                                        .map(WireSchema::name)
                                        .collect(Collectors.joining(", "))));
    }
}
