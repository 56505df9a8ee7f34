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
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        @Nullable
        ModelDecision decision = new CommandExchange(topics, console.nanos())
                .send(command, patience)
                .orElse(null);
        if (decision == null) {
            throw noAnswer(topics, model, patience);
        }
        print(decision, options.json());
        return CommandLine.ExitCode.OK;
    }

    /// Mostly the evaluator does not run; but a model that nobody knows has none.
    private static UserException noAnswer(ModelTopics topics, String model, Duration patience)
            throws InterruptedException {
        String stays = "the command stays on %s"
                .formatted(topics.topics().modelCommands().name());
        Set<String> models = topics.models(OptionalLong.empty()).keySet();
        if (!models.isEmpty() && !models.contains(model)) {
            return new UserException("--model is '%s', of which there is no version; there are versions of %s; %s"
                    .formatted(model, Text.printable(String.join(", ", models)), stays));
        }
        return new UserException(
                "no evaluator of model %s answered within %s; %s, and the evaluator carries it out when it runs"
                        .formatted(model, Text.time(patience), stays));
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
