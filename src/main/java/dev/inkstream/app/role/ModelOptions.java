package dev.inkstream.app.role;

import dev.inkstream.app.cluster.ImageFormatOptions;
import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.stream.ImageFormat;
import picocli.CommandLine.Mixin;

/// Which model is meant, and the images it takes.
public final class ModelOptions {
    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Mixin
    private ImageFormatOptions format = new ImageFormatOptions();

    /// The model's name, fit for a topic name.
    ///
    /// @throws UsageException when it is not
    public String model() {
        return model.model();
    }

    /// @throws UsageException when the size is none, or out of range
    public ImageFormat format() {
        return format.format();
    }
}
