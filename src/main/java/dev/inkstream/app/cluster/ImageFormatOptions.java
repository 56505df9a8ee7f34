package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.stream.ImageFormat;
import picocli.CommandLine.Option;

/// Which images and labels a model takes.
public final class ImageFormatOptions {
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

    /// @throws UsageException when the size is none, or out of range
    public ImageFormat format() {
        try {
            ImageSize size = ImageSize.parse(imageSize)
                    .orElseThrow(() -> UsageException.of("--image-size", imageSize, ImageSize.FORM));
            return new ImageFormat(size.width(), size.height(), classes);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
