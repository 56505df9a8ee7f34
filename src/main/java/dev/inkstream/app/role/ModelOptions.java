package dev.inkstream.app.role;

import dev.inkstream.app.cluster.ModelNameOption;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.stream.ImageFormat;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which model is meant, and the images it takes.
public final class ModelOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

    @Mixin
    private ModelNameOption model = new ModelNameOption();

    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            defaultValue = "28x28",
            description = "Columns and rows of each image (default: ${DEFAULT-VALUE}).")
    private String imageSize = "28x28";

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of classes; labels go from 0 to N-1 (default: ${DEFAULT-VALUE}).")
    private int classes = 10;

    /// The model's name, fit for a topic name.
    ///
    /// @throws UsageException when it is not
    public String model() {
        return model.model();
    }

    /// @throws UsageException when the size is none, or out of range
    public ImageFormat format() {
        var size = SIZE.matcher(imageSize);
        if (!size.matches()) {
            throw UsageException.of("--image-size", imageSize, "columns x rows, like 28x28");
        }
        try {
            return new ImageFormat(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)), classes);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
