package dev.inkstream.app.verify;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.dataset.ImageSize;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.trainer.Training;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The size of the images, of which a version has the number of pixels alone.
public final class ImageSizeOption {
    @Option(
            names = "--image-size",
            paramLabel = "WxH",
            description = "Columns and rows of each image (default: as many columns as rows).")
    private @Nullable String imageSize;

    /// @throws UsageException when the size is none, or out of range
    public void check() {
        if (imageSize != null) {
            read(imageSize);
        }
    }

    /// The images that a model takes.
    ///
    /// @throws UsageException when it takes others
    public ImageFormat format(Training.Settings model) {
        NetworkShape shape = model.config().architecture().shape();
        int side = (int) Math.sqrt(shape.inputs());
        if (imageSize == null && side * side != shape.inputs()) {
            throw new UsageException("--image-size is missing; it must be WxH with the %d pixels that model %s has"
                    .formatted(shape.inputs(), model.model()));
        }
        ImageSize size = imageSize == null ? new ImageSize(side, side) : read(imageSize);
        if (size.pixels() != shape.inputs()) {
            throw UsageException.of(
                    "--image-size",
                    size,
                    "WxH with the %d pixels that model %s has".formatted(shape.inputs(), model.model()));
        }
        return new ImageFormat(size.width(), size.height(), shape.outputs());
    }

    private static ImageSize read(String text) {
        try {
            return ImageSize.parse(text).orElseThrow(() -> UsageException.of("--image-size", text, ImageSize.FORM));
        } catch (IllegalArgumentException e) {
            throw UsageException.of(e);
        }
    }
}
