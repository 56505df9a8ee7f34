package dev.inkstream.app;

import dev.inkstream.app.console.DurationConverter;
import dev.inkstream.app.console.Spelling;
import dev.inkstream.app.console.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Why picocli could not read a command line, in one sentence without a capital: of a value what it is and what it must
/// be, of anything else also how to list what there is.
public final class ParseSentence {
    private ParseSentence() {}

    public static String of(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched) + remedy(failure.getCommandLine());
            case OverwrittenOptionException twice ->
                "%s is given twice; it must be given once".formatted(name(twice.getOverwritten()));
            case MissingParameterException missing -> missing(missing) + remedy(failure.getCommandLine());
            default -> value(failure);
        };
    }

    private static String value(ParameterException failure) {
        ArgSpec argument = failure.getArgSpec();
        String value = failure.getValue();
        if (argument == null || value == null) {
            return lowercaseFirst(String.valueOf(failure.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("wrong command line"))
                    + remedy(failure.getCommandLine());
        }
        return String.valueOf(UsageException.of(name(argument), value, form(type(argument), value))
                .getMessage());
    }

    private static Class<?> type(ArgSpec argument) {
        return argument.typeInfo().isCollection()
                ? argument.typeInfo().getAuxiliaryTypes()[0]
                : argument.typeInfo().getType();
    }

    private static String form(Class<?> type, String value) {
        if (type.isEnum()) {
            return constants(type);
        } else if (type == Duration.class) {
            return DurationConverter.FORM_IN_WORDS;
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "given without a value";
        }
        if (type == Path.class) {
            return "a path that this locale can show (LC_ALL=C.UTF-8 shows every path)";
        }
        boolean tooLarge = value.matches("[+-]?[0-9]+");
        return tooLarge ? "a whole number with fewer digits" : "a whole number";
    }

    /// Lower case and once each, as the help has them.
    private static String constants(Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    private static String missing(MissingParameterException failure) {
        // picocli has one exception for an option without its value, and for one that is not there at all.
        boolean value = String.valueOf(failure.getMessage()).startsWith("Missing required parameter");
        return failure.getMissing().stream()
                .map(argument -> value && argument.isOption()
                        ? "%s has no value; it must have one (%s)".formatted(name(argument), argument.paramLabel())
                        : (argument.isOption() ? name(argument) : argument.paramLabel()) + " is missing")
                .collect(Collectors.joining("; "));
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String argument = failure.getUnmatched().getFirst();
        CommandLine command = failure.getCommandLine();
        boolean option = argument.startsWith("-");
        boolean subcommand = !option && !command.getSubcommands().isEmpty();
        Stream<String> known = option
                ? command.getCommandSpec().options().stream().flatMap(each -> Arrays.stream(each.names()))
                : command.getSubcommands().keySet().stream();
        return "unknown %s '%s'%s"
                .formatted(
                        subcommand ? "command" : option ? "option" : "argument",
                        argument,
                        Spelling.nearest(argument, known)
                                .map(name -> " (did you mean " + name + "?)")
                                .orElse(""));
    }

    private static String remedy(CommandLine command) {
        return "; '%s --help' lists %s"
                .formatted(
                        command.getCommandSpec().qualifiedName(),
                        command.getSubcommands().isEmpty() ? "the options" : "the commands");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String lowercaseFirst(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }
}
