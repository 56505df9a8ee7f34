package dev.inkstream.dataset;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the four IDX files of one set are.
///
/// @param name what the set is called
/// @param directory that holds its files
/// @param prefix what its file names begin with: nothing for MNIST's, `emnist-letters-` for EMNIST's letters
record IdxSet(String name, Path directory, String prefix) {
    private static final Pattern FILE =
            Pattern.compile("(|.+-)(train|t10k|test)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");

    private static final String RAW = "raw";

    /// The sets in a directory; if it has none itself, those in the folders that EMNIST's archive (`gzip`) and
    /// torchvision (`raw`, `MNIST/raw`) make.
    static List<IdxSet> in(Path directory) {
        List<IdxSet> sets = directlyIn(directory, IdxFiles.nameOf(directory));
        if (sets.isEmpty()) {
            sets = Stream.of("gzip", RAW)
                    .flatMap(folder -> directlyIn(directory.resolve(folder), IdxFiles.nameOf(directory)).stream())
                    .toList();
        }
        if (sets.isEmpty()) {
            sets = UserFiles.children(directory).stream()
                    .flatMap(child -> directlyIn(child.resolve(RAW), IdxFiles.nameOf(child)).stream())
                    .toList();
        }
        return sets;
    }

    private static List<IdxSet> directlyIn(Path directory, String name) {
        SortedSet<String> prefixes = new TreeSet<>();
        for (Path file : UserFiles.children(directory)) {
            Matcher matcher = FILE.matcher(file.getFileName().toString());
            if (matcher.matches()) {
                prefixes.add(matcher.group(1));
            }
        }
        return prefixes.stream()
                .map(prefix -> new IdxSet(
                        prefix.isEmpty() ? name : prefix.substring(0, prefix.length() - 1), directory, prefix))
                .toList();
    }

    /// The file of images or labels.
    ///
    /// @param training or else holdout
    /// @param kind `images-idx3` or `labels-idx1`
    /// @throws DatasetException if it is not there
    Path file(boolean training, String kind) {
        List<String> names = new ArrayList<>();
        for (String part : parts(training)) {
            String name = prefix + part + "-" + kind + "-ubyte";
            String dotted = prefix + part + "-" + kind.replace('-', '.') + "-ubyte";
            names.addAll(List.of(name, name + ".gz", dotted, dotted + ".gz"));
        }
        Path file = names.stream()
                .map(directory::resolve)
                .filter(each -> Files.exists(each, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow(() -> new DatasetException("there is no " + names.get(0) + " (or " + names.get(1) + ") in "
                        + directory + ": put it there."));
        UserFiles.checkRegular(file, "an IDX file");
        return file;
    }

    /// The usual name first: of holdout images MNIST's is `t10k`, and EMNIST's is `test`.
    private List<String> parts(boolean training) {
        if (training) {
            return List.of("train");
        }
        return prefix.isEmpty() ? List.of("t10k", "test") : List.of("test", "t10k");
    }
}
