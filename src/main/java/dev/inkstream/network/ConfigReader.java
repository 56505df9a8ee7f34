package dev.inkstream.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Reads what [TrainingConfig#describe()] writes. Immutable.
///
/// @param settings the values by their names
record ConfigReader(Map<String, String> settings) {

    /// @throws IllegalArgumentException if the text is not to the letter what this build writes for a configuration:
    ///     another one would give other weights
    static TrainingConfig read(String description) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : description.split(" ", -1)) {
            int equals = pair.indexOf('=');
            settings.put(equals < 0 ? pair : pair.substring(0, equals), pair.substring(equals + 1));
        }
        TrainingConfig config = new ConfigReader(settings).config();
        if (!config.describe().equals(description)) {
            throw new IllegalArgumentException("training is '" + description + "'; it must be '" + config.describe()
                    + "', or other values of these settings");
        }
        return config;
    }

    private TrainingConfig config() {
        return new TrainingConfig(
                new Architecture(
                        NetworkShape.parse(text("shape")),
                        constant("hidden", Activation.values()),
                        constant("output", Activation.values()),
                        settings.containsKey("summation")
                                ? constant("summation", Summation.values())
                                : Summation.SEQUENTIAL),
                constant("initialization", Initialization.values()),
                optimizer(),
                (int) number("miniBatchSize"),
                number("averagingDecay"));
    }

    private Optimizer optimizer() {
        String name = text("optimizer");
        return switch (name) {
            case "sgd" -> new Optimizer.Sgd(number("learningRate"));
            case "adam" ->
                new Optimizer.Adam(number("learningRate"), number("beta1"), number("beta2"), number("epsilon"));
            default -> throw wrong("optimizer", name, "sgd or adam");
        };
    }

    private float number(String name) {
        try {
            return Float.parseFloat(text(name));
        } catch (NumberFormatException e) {
            throw wrong(name, text(name), "a number");
        }
    }

    private <T extends Enum<T>> T constant(String name, T[] values) {
        String value = text(name);
        return Arrays.stream(values)
                .filter(each -> TrainingConfig.lower(each).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        value,
                        "one of "
                                + Arrays.stream(values)
                                        .map(TrainingConfig::lower)
                                        .collect(Collectors.joining(", "))));
    }

    private String text(String name) {
        if (!settings.containsKey(name)) {
            throw new IllegalArgumentException("training has no setting " + name + "; it must have one");
        }
        return Objects.requireNonNull(settings.get(name));
    }

    private static IllegalArgumentException wrong(String name, String value, String form) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "training setting %s is '%s'; it must be %s", name, value, form));
    }
}
