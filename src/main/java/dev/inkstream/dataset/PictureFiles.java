package dev.inkstream.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Reads directories of pictures, one for each label: `training/0/*.png`, `training/1/*.png`, ... to train on, and
/// `holdout/0/*.png`, ... never trained on. Names beside PNG, JPEG, GIF and BMP are passed over.
///
/// All pictures are of one size. They come in an order that depends on their paths alone and mixes the labels, since
/// [Split#CLASSIC] sets the last of them aside.
final class PictureFiles {
    static final String TRAINING = "training";
    static final String HOLDOUT = "holdout";

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final long ORDER_SEED = 0;
    private static final String LABEL = "\\d{1,3}";

    /// What their pixels take in memory, at most: an array.
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    private final Path directory;

    private PictureFiles(Path directory) {
        this.directory = directory;
    }

    private record Labeled(Path file, int label) {}

    /// Whether a directory is laid out like that.
    static boolean areIn(Path directory) {
        return Files.isDirectory(directory.resolve(TRAINING));
    }

    /// Reads the dataset in a directory, named after the directory.
    ///
    /// @throws DatasetException if a picture cannot be read, or is of another size than the first, or there are none
    static Dataset read(Path directory) {
        PictureFiles files = new PictureFiles(directory);
        List<Labeled> training = files.list(TRAINING);
        List<Labeled> holdout = files.list(HOLDOUT);
        int classes = 1
                + Stream.concat(training.stream(), holdout.stream())
                        .mapToInt(Labeled::label)
                        .max()
                        .orElseThrow();
        ImageSize size = Picture.read(training.getFirst().file()).size();
        return new Dataset(
                directory.toAbsolutePath().normalize().getFileName().toString(),
                files.images(training, size, classes),
                files.images(holdout, size, classes));
    }

    private List<Labeled> list(String set) {
        List<Labeled> pictures = new ArrayList<>();
        for (Path labeled : children(directory.resolve(set))) {
            int label = label(labeled);
            children(labeled).stream()
                    .filter(PictureFiles::isPicture)
                    .forEach(file -> pictures.add(new Labeled(file, label)));
        }
        if (pictures.isEmpty()) {
            throw new DatasetException("there is no picture like " + set + "/0/one.png in " + directory
                    + ": put PNG, JPEG, GIF or BMP files into a directory for each label.");
        }
        int[] order = Shuffle.order(pictures.size(), ORDER_SEED, 0);
        return Arrays.stream(order).mapToObj(pictures::get).toList();
    }

    private Images images(List<Labeled> pictures, ImageSize size, int classes) {
        if ((long) pictures.size() * size.pixels() > MAX_BYTES) {
            throw new DatasetException(directory + " has " + pictures.size() + " pictures of " + size
                    + ", which do not fit into 2 GB: feed them in parts.");
        }
        byte[] pixels = new byte[pictures.size() * size.pixels()];
        byte[] labels = new byte[pictures.size()];
        for (int i = 0; i < labels.length; i++) {
            Path file = pictures.get(i).file();
            Picture picture = Picture.read(file);
            if (!picture.size().equals(size)) {
                throw new DatasetException(file + " is " + picture.size() + ", but others in " + directory + " are "
                        + size + ": scale them to one size.");
            }
            System.arraycopy(picture.pixels(), 0, pixels, i * size.pixels(), size.pixels());
            labels[i] = (byte) pictures.get(i).label();
        }
        return Images.owning(pixels, labels, size, classes);
    }

    private static int label(Path labeled) {
        String name = labeled.getFileName().toString();
        int label = name.matches(LABEL) ? Integer.parseInt(name) : -1;
        if (label < 0 || label >= Byte.MAX_VALUE) {
            throw new DatasetException(labeled + " is not named after a label: name it 0 to " + (Byte.MAX_VALUE - 1)
                    + ", after what its pictures show.");
        }
        return label;
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /// Sorted by name, hidden ones left out; none if there is no such directory.
    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(directory + " cannot be listed (" + e.getMessage() + "): make it readable.", e);
        }
    }
}
