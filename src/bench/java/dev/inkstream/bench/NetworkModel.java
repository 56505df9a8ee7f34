package dev.inkstream.bench;

import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Preset;
import dev.inkstream.network.TrainingConfig;
import java.util.Locale;

/// A network that is measured.
public enum NetworkModel {
    CLASSIC_30(Preset.CLASSIC, "784,30,10"),
    MODERN_30(Preset.MODERN, "784,30,10"),
    MODERN_100(Preset.MODERN, "784,100,10"),
    MODERN_800(Preset.MODERN, "784,800,10"),
    MODERN_500(Preset.MODERN, "4096,500,100");

    private final Preset preset;
    private final String sizes;

    NetworkModel(Preset preset, String sizes) {
        this.preset = preset;
        this.sizes = sizes;
    }

    NetworkShape shape() {
        return NetworkShape.parse(sizes);
    }

    /// How it learns.
    TrainingConfig config() {
        return preset.config(shape());
    }

    /// As `784-30-10 classic`.
    String text() {
        return sizes.replace(',', '-') + " " + preset.name().toLowerCase(Locale.ROOT);
    }
}
