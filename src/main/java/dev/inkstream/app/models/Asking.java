package dev.inkstream.app.models;

import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Requester;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.console.UserException;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine;

/// What the commands that ask the evaluator for something do: send it, wait for the decision, and print it.
record Asking(ModelsConsole console) {
    /// Finds the number of a version.
    @FunctionalInterface
    interface Resolver {
        long number(VersionName version) throws InterruptedException;
    }

    /// Gives what to ask for.
    @FunctionalInterface
    interface Wish {
        Request of(Resolver versions) throws InterruptedException;
    }

    /// @return the exit status
    /// @throws UserException if the evaluator declines, or none answers
    int ask(CommandOptions options, Wish wish) throws InterruptedException {
        String model = options.model();
        String reason = options.reason();
        Duration patience = options.timeout();
        ModelTopics topics = console.connect(options.read(), all -> List.of(all.modelCommands(), all.modelDecisions()));
        Request request = wish.of(version -> topics.number(model, version));
        ModelCommand command = new ModelCommand(
                UUID.randomUUID().toString(),
                model,
                request,
                Requester.ofProcess(),
                reason,
                console.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        ModelDecision decision = new CommandExchange(topics, console.nanos())
                .send(command, patience)
                .orElseThrow(() -> new UserException(
                        "no evaluator of model %s answered within %s; the command stays on %s, and the evaluator carries it out when it runs"
                                .formatted(
                                        model,
                                        Text.time(patience),
                                        topics.topics().modelCommands().name())));
        print(decision, options.json());
        return CommandLine.ExitCode.OK;
    }

    private void print(ModelDecision decision, boolean json) {
        if (json) {
            console.terminal().out().println(Json.document(DecisionJson.of(decision)));
        }
        if (decision.kind() == Kind.DECLINED) {
            throw new UserException("the evaluator of model %s declined: %s"
                    .formatted(
                            decision.model(), Text.printable(decision.origin().reason())));
        }
        if (!json) {
            console.terminal().out().print(DecisionText.of(decision));
        }
    }
}
