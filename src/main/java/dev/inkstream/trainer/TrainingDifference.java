package dev.inkstream.trainer;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares two descriptions of a training ([Training.Settings#describe()]) and names the options that differ.
/// Immutable.
///
/// @param model the model's name
/// @param trained the settings that the model was trained with
/// @param started the settings of this start
record TrainingDifference(String model, Map<String, String> trained, Map<String, String> started) {
    private static final String SEED = "seed";
    private static final String FROM = "from";
    private static final String SHAPE = "shape";
    private static final String INITIAL = "initial";
    /// No option chooses it: a model keeps the order that it began with.
    private static final String SUMMATION = "summation";
    private static final NetworkShape ANY_SHAPE = NetworkShape.of(1, 1);

    static TrainingDifference between(String model, String trained, String started) {
        return new TrainingDifference(model, pairs(trained), pairs(started));
    }

    /// A sentence for each option that differs: at least one if the descriptions are not the same.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (differs(SEED)) {
            sentences.add(sentence("--seed", SEED));
        }
        if (differs(FROM)) {
            sentences.add(sentence("--from", FROM));
        }
        if (differs(INITIAL)) {
            sentences.add(sentence("--initial-weights", INITIAL));
        }
        if (differs(SHAPE)) {
            addShape(sentences, sizes(trained), sizes(started));
        }
        addLearning(sentences);
        return sentences;
    }

    private void addShape(List<String> sentences, List<String> its, List<String> ours) {
        if (!its.getFirst().equals(ours.getFirst())) {
            sentences.add("--image-size gives " + ours.getFirst() + " inputs; model " + model + " has " + its.getFirst()
                    + ".");
        }
        if (!hidden(its).equals(hidden(ours))) {
            sentences.add("--hidden is " + hidden(ours) + "; model " + model + " has " + hidden(its) + ".");
        }
        if (!its.getLast().equals(ours.getLast())) {
            sentences.add("--classes is " + ours.getLast() + "; model " + model + " has " + its.getLast() + ".");
        }
    }

    /// The preset decides all other settings, unless a build with other presets wrote them.
    private void addLearning(List<String> sentences) {
        Optional<String> its = preset(trained);
        Optional<String> ours = preset(started);
        if (its.isPresent() && ours.isPresent()) {
            if (!its.equals(ours)) {
                sentences.add("--preset is " + ours.get() + "; model " + model + " has " + its.get() + ".");
            }
            return;
        }
        Set<String> names = new LinkedHashSet<>(started.keySet());
        names.addAll(trained.keySet());
        names.removeAll(List.of(SEED, FROM, SHAPE, INITIAL, SUMMATION));
        names.stream().filter(this::differs).forEach(name -> sentences.add(sentence(name, name)));
    }

    private boolean differs(String name) {
        return !value(trained, name).equals(value(started, name));
    }

    private String sentence(String option, String name) {
        return option + " is " + value(started, name) + "; model " + model + " has " + value(trained, name) + ".";
    }

    private static String value(Map<String, String> settings, String name) {
        return settings.getOrDefault(name, "none");
    }

    private static List<String> sizes(Map<String, String> settings) {
        return Arrays.asList(value(settings, SHAPE).split(",", -1));
    }

    private static String hidden(List<String> sizes) {
        return sizes.size() <= 2 ? "none" : String.join(",", sizes.subList(1, sizes.size() - 1));
    }

    /// The name of the preset; empty if no preset of this build has these settings.
    private static Optional<String> preset(Map<String, String> settings) {
        return Arrays.stream(Preset.values())
                .filter(preset -> withoutShape(settings)
                        .equals(withoutShape(pairs(preset.config(ANY_SHAPE).describe()))))
                .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Map<String, String> withoutShape(Map<String, String> settings) {
        Map<String, String> rest = new LinkedHashMap<>(settings);
        rest.keySet().removeAll(List.of(SEED, FROM, SHAPE, INITIAL, SUMMATION));
        return rest;
    }

    private static Map<String, String> pairs(String description) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : description.split(" ", -1)) {
            int equals = pair.indexOf('=');
            pairs.put(equals < 0 ? pair : pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }
}
