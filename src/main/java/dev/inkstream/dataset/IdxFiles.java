package dev.inkstream.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads a set of four files in MNIST's format: images and labels to train on, and to test on.
///
/// Each file may be gzipped, with or without `.gz` in its name, and `train-images.idx3-ubyte` is as good as
/// `train-images-idx3-ubyte`. Fashion-MNIST, EMNIST under its own file names, and every other set in this format are
/// read; the labels give the number of classes.
final class IdxFiles {
    /// What a data set may be, for messages.
    static final String LAYOUTS = "MNIST's four IDX files, like train-images-idx3-ubyte.gz, or pictures like"
            + " training/0/one.png and holdout/0/two.png";

    private final IdxSet set;
    private final Reading reading;
    private final IdxLabels labels;

    private IdxFiles(IdxSet set, Reading reading) {
        this.set = set;
        this.reading = reading;
        this.labels = IdxLabels.of(set.prefix());
    }

    /// Reads the dataset in a directory, named after the directory or its files.
    ///
    /// @param directory one with a set's files, or the start of their names: `DIR/emnist-letters`
    /// @throws DatasetException if a file is missing, cannot be read, or does not hold what it should
    static Dataset read(Path directory, Reading reading) {
        return new IdxFiles(find(directory), reading).read(directory);
    }

    private static IdxSet find(Path directory) {
        List<IdxSet> sets = IdxSet.in(directory);
        if (sets.size() > 1) {
            throw new DatasetException(directory + " has " + sets.size() + " data sets: "
                    + sets.stream().map(IdxSet::name).collect(Collectors.joining(", ")) + ". Name one, like "
                    + directory.resolve(sets.getLast().name()) + ".");
        }
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        Path parent = directory.toAbsolutePath().normalize().getParent();
        if (!Files.isDirectory(directory) && parent != null) {
            String name = nameOf(directory);
            for (IdxSet each : IdxSet.in(parent)) {
                if (each.name().equals(name)) {
                    return each;
                }
            }
        }
        throw notThere(directory);
    }

    private static DatasetException notThere(Path directory) {
        UserFiles.checkLink(directory, "a directory");
        String is = Files.isDirectory(directory)
                ? "has no data set; it must have "
                : (Files.exists(directory) ? "is not a directory" : "does not exist")
                        + "; it must be a directory with ";
        return new DatasetException(directory + " " + is + LAYOUTS + ".");
    }

    private Dataset read(Path directory) {
        int[] trainingLabels = labels(set.file(true, "labels-idx1"));
        int[] holdoutLabels = labels(set.file(false, "labels-idx1"));
        Classes classes = classes(trainingLabels, holdoutLabels);
        Images training = images(true, trainingLabels, classes);
        Images holdout = images(false, holdoutLabels, classes);
        if (!training.imageSize().equals(holdout.imageSize())) {
            throw new DatasetException("the training images in " + set.directory() + " are " + training.imageSize()
                    + " and the holdout images " + holdout.imageSize() + "; they must be of one size.");
        }
        Dataset dataset = new Dataset(set.name(), training, holdout);
        return reading.checked(directory, darkInk(dataset) ? inverted(dataset) : dataset);
    }

    private int[] labels(Path file) {
        byte[] stored = IdxArray.read(file, 1, reading.limit()).data();
        int[] read = new int[stored.length];
        for (int i = 0; i < read.length; i++) {
            read[i] = Byte.toUnsignedInt(stored[i]) - labels.first();
            checkLabel(file, i, read[i]);
        }
        return read;
    }

    private void checkLabel(Path file, int position, int label) {
        Classes classes = labels.classes();
        int last = classes == null ? Byte.MAX_VALUE - Byte.MIN_VALUE : classes.count() - 1;
        if (label < 0 || label > last) {
            throw new DatasetException(file + " has label " + (label + labels.first()) + " at position " + position
                    + "; it must be " + labels.first() + " to " + (last + labels.first()) + " in " + set.name() + ".");
        }
    }

    private Classes classes(int[] training, int[] holdout) {
        if (labels.classes() != null) {
            return labels.classes();
        }
        int last = IntStream.concat(IntStream.of(training), IntStream.of(holdout))
                .max()
                .orElseThrow();
        return Classes.numbered(last + 1);
    }

    private Images images(boolean forTraining, int[] imageLabels, Classes classes) {
        Path file = set.file(forTraining, "images-idx3");
        IdxArray array = IdxArray.read(file, 3, reading.limit());
        List<Integer> shape = array.shape();
        if (shape.get(0) != imageLabels.length) {
            throw new DatasetException(file + " has " + shape.get(0) + " images, but "
                    + set.file(forTraining, "labels-idx1") + " has " + imageLabels.length
                    + " labels; they must be as many. Put files of one set there.");
        }
        ImageSize size = new ImageSize(shape.get(2), shape.get(1));
        if (labels.transposed()) {
            transpose(array.data(), size);
            size = Orientation.TRANSPOSED.apply(size);
        }
        return Images.owning(array.data(), imageLabels, size, classes);
    }

    private static void transpose(byte[] pixels, ImageSize stored) {
        byte[] image = new byte[stored.pixels()];
        for (int start = 0; start < pixels.length; start += image.length) {
            System.arraycopy(pixels, start, image, 0, image.length);
            for (int i = 0; i < image.length; i++) {
                pixels[start + i] =
                        image[Orientation.TRANSPOSED.source(stored, i % stored.height(), i / stored.height())];
            }
        }
    }

    private boolean darkInk(Dataset dataset) {
        if (reading.polarity() != Polarity.AUTO) {
            return reading.polarity() == Polarity.DARK_ON_LIGHT;
        }
        GroundVote vote = new GroundVote();
        Images training = dataset.training();
        for (int i = 0; i < Math.min(training.size(), GroundVote.SAMPLE); i++) {
            vote.add(Picture.opaque(training.imageSize(), training.pixels(i)));
        }
        return vote.decided(set.directory(), reading.notices());
    }

    private static Dataset inverted(Dataset dataset) {
        return new Dataset(
                dataset.name(), Drift.INVERT.apply(dataset.training()), Drift.INVERT.apply(dataset.holdout()));
    }

    static String nameOf(Path directory) {
        Path name = directory.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString();
    }
}
