package dev.inkstream.app;

import dev.inkstream.app.cluster.KafkaFailures;
import dev.inkstream.app.cluster.KafkaOptions;
import dev.inkstream.app.console.UserException;
import dev.inkstream.codec.SchemaRegistryException;
import dev.inkstream.dataset.DatasetException;
import dev.inkstream.record.Causes;
import dev.inkstream.record.StateFormatException;
import dev.inkstream.stream.ModelMismatchException;
import dev.inkstream.stream.guard.InstanceInUseException;
import dev.inkstream.stream.runtime.StreamsFailedException;
import dev.inkstream.stream.runtime.TopicsNotReadyException;
import dev.inkstream.trainer.LostExamplesException;
import dev.inkstream.trainer.TrainingDivergedException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What a failure means to the person at the console, in one sentence without a capital.
final class FailureSentence {
    /// The failures whose own message is such a sentence. They may be the cause of others.
    private static final Set<Class<? extends RuntimeException>> SAY_IT_THEMSELVES = Set.of(
            DatasetException.class,
            TopicsNotReadyException.class,
            ModelMismatchException.class,
            StateFormatException.class,
            LostExamplesException.class,
            SchemaRegistryException.class,
            TrainingDivergedException.class,
            InstanceInUseException.class);

    private FailureSentence() {}

    /// The sentence of the failure or the nearest of its causes that has one; empty where none has, as for a bug.
    static Optional<String> of(Throwable failure, CommandLine command) {
        return Causes.of(failure)
                .filter(cause -> cause instanceof UserException || SAY_IT_THEMSELVES.contains(cause.getClass()))
                .map(cause -> String.valueOf(cause.getMessage()).replaceFirst("\\.$", ""))
                .findFirst()
                .or(() -> kafkaSentence(failure, command));
    }

    /// The sentence for every other failure: which command failed, and why.
    static String unexpected(Throwable failure, CommandLine command) {
        // Kafka Streams wraps a failure once for each layer it passes: what it was is at the bottom.
        Throwable named = failure instanceof StreamsFailedException
                ? Causes.of(failure).toList().getLast()
                : failure;
        return "'%s' failed unexpectedly: %s".formatted(command.getCommandSpec().qualifiedName(), named);
    }

    private static Optional<String> kafkaSentence(Throwable failure, CommandLine command) {
        return option(command, KafkaOptions.class)
                .flatMap(options -> KafkaFailures.sentence(failure, options.address()));
    }

    /// Options of a command, if it has them.
    static <T> Optional<T> option(CommandLine command, Class<T> options) {
        return mixins(command.getCommandSpec())
                .map(CommandSpec::userObject)
                .filter(options::isInstance)
                .map(options::cast)
                .findFirst();
    }

    /// With those that a mixin has in turn.
    private static Stream<CommandSpec> mixins(CommandSpec spec) {
        return spec.mixins().values().stream().flatMap(mixin -> Stream.concat(Stream.of(mixin), mixins(mixin)));
    }
}
