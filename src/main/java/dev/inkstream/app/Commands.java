package dev.inkstream.app;

import dev.inkstream.app.bench.BenchCommand;
import dev.inkstream.app.cluster.SchemasCommand;
import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.Terminal;
import dev.inkstream.app.demo.DemoCommand;
import dev.inkstream.app.feed.FeedCommand;
import dev.inkstream.app.letters.DeadLettersListCommand;
import dev.inkstream.app.letters.DeadLettersRedriveCommand;
import dev.inkstream.app.letters.DeadLettersShowCommand;
import dev.inkstream.app.models.ModelsCommand;
import dev.inkstream.app.origin.ModelsBisectCommand;
import dev.inkstream.app.origin.ModelsExportCommand;
import dev.inkstream.app.origin.ModelsImportCommand;
import dev.inkstream.app.origin.ModelsRetrainCommand;
import dev.inkstream.app.origin.OriginConsole;
import dev.inkstream.app.picture.ShowCommand;
import dev.inkstream.app.role.ClassifierCommand;
import dev.inkstream.app.role.EvaluatorCommand;
import dev.inkstream.app.role.LabelerCommand;
import dev.inkstream.app.role.TrainerCommand;
import dev.inkstream.app.tail.DeadLettersCommand;
import dev.inkstream.app.tail.PredictionsCommand;
import dev.inkstream.app.topics.TopicsCommand;
import dev.inkstream.app.verify.ModelsVerifyCommand;
import dev.inkstream.app.verify.PredictionsReplayCommand;
import dev.inkstream.app.verify.PredictionsVerifyCommand;
import dev.inkstream.app.warmup.WarmUpCommand;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The commands, wired to the terminal. Immutable.
///
/// picocli looks at each command by reflection, which would take a good part of the start of a role: only the command
/// that is given is built.
record Commands(Terminal terminal, StopSignal stop) {
    /// The root with the command that the first argument names, or with all of them if it names none: help, completion
    /// and mistakes are about all.
    ///
    /// @param args of the program
    CommandLine line(List<String> args) {
        CommandLine root = new CommandLine(new RootCommand());
        Map<String, Supplier<Object>> all = all();
        Supplier<Object> one = args.isEmpty() ? null : all.get(args.getFirst());
        if (one != null) {
            return root.addSubcommand(one.get());
        }
        all.values().forEach(command -> root.addSubcommand(command.get()));
        return root.addSubcommand(new CompletionCommand(terminal, root)).addSubcommand(new HelpCommand(terminal, root));
    }

    /// By name, in the order of the help.
    private Map<String, Supplier<Object>> all() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("demo", () -> new DemoCommand(terminal, stop));
        all.put("classifier", () -> new ClassifierCommand(stop));
        all.put("trainer", () -> new TrainerCommand(stop));
        all.put("evaluator", () -> new EvaluatorCommand(stop));
        all.put("labeler", () -> new LabelerCommand(stop));
        all.put("topics", () -> TopicsCommand.line(terminal, stop));
        all.put("feed", () -> FeedCommand.line(terminal, stop));
        all.put("predictions", this::predictions);
        all.put("dead-letters", this::deadLetters);
        all.put("models", this::models);
        all.put("show", () -> new ShowCommand(terminal));
        all.put("bench", () -> BenchCommand.line(terminal, stop));
        all.put("schemas", () -> new SchemasCommand(terminal));
        all.put("broker", () -> new BrokerCommand(terminal, stop));
        all.put("warm-up", () -> new WarmUpCommand(terminal, stop, Commands::run));
        return all;
    }

    private static int run(Terminal terminal, StopSignal stop, List<String> arguments) {
        return new Main(terminal, stop).run(arguments.toArray(String[]::new));
    }

    private CommandLine predictions() {
        return new CommandLine(new PredictionsCommand(terminal, stop))
                .addSubcommand(new PredictionsVerifyCommand(terminal, stop, InstantSource.system(), System::nanoTime))
                .addSubcommand(new PredictionsReplayCommand(terminal, stop, InstantSource.system()));
    }

    private CommandLine deadLetters() {
        return new CommandLine(new DeadLettersCommand(terminal, stop))
                .addSubcommand(new DeadLettersListCommand(terminal, stop, InstantSource.system()))
                .addSubcommand(new DeadLettersShowCommand(terminal, stop, InstantSource.system()))
                .addSubcommand(new DeadLettersRedriveCommand(terminal, stop, InstantSource.system(), System::nanoTime));
    }

    private CommandLine models() {
        OriginConsole origin = new OriginConsole(terminal, stop, InstantSource.system());
        return ModelsCommand.line(terminal, stop, InstantSource.system(), System::nanoTime)
                .addSubcommand(new ModelsVerifyCommand(terminal, stop, System::nanoTime))
                .addSubcommand(new ModelsExportCommand(origin))
                .addSubcommand(new ModelsImportCommand(origin))
                .addSubcommand(new ModelsRetrainCommand(origin))
                .addSubcommand(new ModelsBisectCommand(origin));
    }
}
