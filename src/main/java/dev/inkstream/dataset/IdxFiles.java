package dev.inkstream.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Reads a directory with the four files of MNIST's format: images and labels of a training and of a test set.
///
/// Each file may be gzipped, with or without `.gz` in its name, and `train-images.idx3-ubyte` is as good as
/// `train-images-idx3-ubyte`. Fashion-MNIST and other sets of ten classes in this format are read as well.
public final class IdxFiles {
    private static final int CLASSES = 10;

    private IdxFiles() {}

    /// Reads the dataset in a directory, named after the directory.
    ///
    /// @throws DatasetException if a file is missing, cannot be read, or does not hold what it should
    public static Dataset read(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new DatasetException(
                    directory + " is not a directory: name one that holds MNIST's four IDX files, or pictures like"
                            + " training/0/one.png and holdout/0/two.png.");
        }
        Images training = images(directory, "train");
        Images holdout = images(directory, "t10k");
        if (!training.imageSize().equals(holdout.imageSize())) {
            throw new DatasetException("the training images in " + directory + " are " + training.imageSize()
                    + " and the test images " + holdout.imageSize() + ": put files of one set there.");
        }
        return new Dataset(nameOf(directory), training, holdout);
    }

    /// Where a file of the given part is, by any of its accepted names.
    ///
    /// @param part such as `train-images` or `t10k-labels`
    private static Path find(Path directory, String part, int dimensions) {
        String name = part + "-idx" + dimensions + "-ubyte";
        return Stream.of(name, part + ".idx" + dimensions + "-ubyte")
                .flatMap(spelling -> Stream.of(spelling, spelling + ".gz"))
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new DatasetException(
                        "there is no " + name + " (or " + name + ".gz) in " + directory + ": put it there."));
    }

    private static Images images(Path directory, String set) {
        Path imagesFile = find(directory, set + "-images", 3);
        Path labelsFile = find(directory, set + "-labels", 1);
        IdxArray labels = IdxArray.read(labelsFile, 1);
        checkLabels(labels.data(), labelsFile);
        IdxArray images = IdxArray.read(imagesFile, 3);
        List<Integer> shape = images.shape();
        if (shape.get(0) != labels.data().length) {
            throw new DatasetException(imagesFile + " holds " + shape.get(0) + " images, but " + labelsFile + " "
                    + labels.data().length + " labels: put files of one set there.");
        }
        return Images.owning(images.data(), labels.data(), new ImageSize(shape.get(2), shape.get(1)), CLASSES);
    }

    private static void checkLabels(byte[] labels, Path file) {
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= CLASSES) {
                throw new DatasetException(file + " has label " + label + " at position " + i + ", expected 0 to "
                        + (CLASSES - 1) + ": put labels of ten classes there.");
            }
        }
    }

    private static String nameOf(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return name == null ? "idx" : name.toString();
    }
}
