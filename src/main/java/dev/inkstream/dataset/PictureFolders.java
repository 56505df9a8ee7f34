package dev.inkstream.dataset;

import dev.inkstream.record.Label;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The picture files of a data set by the names of the folders they are in: found, not yet read.
///
/// @param training pictures by the name of their class; sorted
/// @param holdout as training
/// @param skipped what is neither a folder of a class nor a picture in one
record PictureFolders(Map<String, List<Path>> training, Map<String, List<Path>> holdout, List<Path> skipped) {
    static final String TRAINING = "training";
    static final String HOLDOUT = "holdout";

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final String NUMBER = "\\d{1,9}";

    /// Numbers by their value, before all other names.
    private static final Comparator<String> BY_NUMBER_THEN_NAME = Comparator.<String>comparingInt(
                    name -> name.matches(NUMBER) ? Integer.parseInt(name) : Integer.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    /// Whether a directory is laid out like that.
    static boolean areIn(Path directory) {
        return Stream.of(TRAINING, HOLDOUT)
                .map(directory::resolve)
                .anyMatch(set -> Files.exists(set, LinkOption.NOFOLLOW_LINKS));
    }

    /// Finds the pictures in a directory.
    ///
    /// @throws DatasetException if a folder cannot be listed, or a set has no picture
    static PictureFolders in(Path directory) {
        List<Path> skipped = new ArrayList<>();
        return new PictureFolders(
                pictures(directory, TRAINING, skipped), pictures(directory, HOLDOUT, skipped), List.copyOf(skipped));
    }

    /// The classes in the order of their labels. Folders that are all named by numbers are labels themselves;
    /// otherwise the names are sorted, numbers first.
    ///
    /// @throws DatasetException if there are too many, or a number is too large
    Classes classes(Path directory) {
        Set<String> names = new TreeSet<>(BY_NUMBER_THEN_NAME);
        names.addAll(training.keySet());
        names.addAll(holdout.keySet());
        if (!areNumbers()) {
            if (names.size() > Label.MAX_CLASSES) {
                throw new DatasetException(directory + " has folders of " + names.size() + " classes; it must be 2 to "
                        + Label.MAX_CLASSES + ". Leave some out.");
            }
            return new Classes(List.copyOf(names));
        }
        int largest = names.stream().mapToInt(Integer::parseInt).max().orElseThrow();
        if (largest >= Label.MAX_CLASSES) {
            throw new DatasetException(directory + " has a folder for label " + largest + "; it must be 0 to "
                    + (Label.MAX_CLASSES - 1) + ". Rename it, or give the folders names that are not numbers.");
        }
        return Classes.numbered(largest + 1);
    }

    /// Whether all folders are named by numbers, which are then the labels.
    boolean areNumbers() {
        return Stream.of(training, holdout)
                .flatMap(set -> set.keySet().stream())
                .allMatch(name -> name.matches(NUMBER));
    }

    private static Map<String, List<Path>> pictures(Path directory, String set, List<Path> skipped) {
        Map<String, List<Path>> pictures = new TreeMap<>();
        Path parent = directory.resolve(set);
        UserFiles.checkLink(parent, "a directory");
        for (Path folder : UserFiles.children(parent)) {
            UserFiles.checkLink(folder, "a folder of pictures");
            if (isHidden(folder) || !Files.isDirectory(folder)) {
                skipped.add(folder);
                continue;
            }
            List<Path> found = new ArrayList<>();
            UserFiles.children(folder).forEach(file -> (isPicture(file) ? found : skipped).add(file));
            if (!found.isEmpty()) {
                pictures.put(folder.getFileName().toString(), found);
            }
        }
        if (pictures.isEmpty()) {
            throw new DatasetException(directory + " has no picture like " + set + "/0/one.png; it must have "
                    + PictureReader.FORMATS + " files in a folder for each label.");
        }
        return pictures;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return !isHidden(file)
                && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
