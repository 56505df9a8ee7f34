package dev.inkstream.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads directories of pictures, one for each label or class: `training/0/*.png`, `training/1/*.png`, ... to train on,
/// and `holdout/0/*.png`, ... never trained on.
///
/// All pictures are of one size. They come in an order that depends on their paths alone and mixes the labels, since
/// [Split#CLASSIC] sets the last of them aside.
final class PictureFiles {
    private static final long ORDER_SEED = 0;

    private final Path directory;
    private final Reading reading;
    private final PictureReader reader;

    private record Labeled(Path file, int label) {}

    private PictureFiles(Path directory, Reading reading) {
        this.directory = directory;
        this.reading = reading;
        this.reader = new PictureReader(reading.limit());
    }

    /// Reads the dataset in a directory, named after the directory.
    ///
    /// @throws DatasetException if a picture cannot be read, or is of another size than the first, or there are none,
    /// or too many
    static Dataset read(Path directory, Reading reading) {
        PictureFolders folders = PictureFolders.in(directory);
        Classes classes = folders.classes(directory);
        PictureFiles files = new PictureFiles(directory, reading);
        files.report(folders, classes);
        boolean numbers = folders.areNumbers();
        List<Labeled> training = inOrder(folders.training(), classes, numbers);
        List<Labeled> holdout = inOrder(folders.holdout(), classes, numbers);
        boolean darkInk = files.darkInk(training);
        return reading.checked(
                directory,
                new Dataset(
                        IdxFiles.nameOf(directory),
                        files.images(PictureFolders.TRAINING, training, classes, darkInk),
                        files.images(PictureFolders.HOLDOUT, holdout, classes, darkInk)));
    }

    private void report(PictureFolders folders, Classes classes) {
        int skipped = folders.skipped().size();
        if (skipped > 0) {
            reading.notices()
                    .accept(String.format(
                            Locale.ROOT,
                            "Skipped %,d %s no picture in a label's folder, such as %s.",
                            skipped,
                            skipped == 1 ? "entry that is" : "entries that are",
                            folders.skipped().getFirst()));
        }
        if (!folders.areNumbers()) {
            reading.notices().accept("The labels of the folders in " + directory + " are " + classes.mapping() + ".");
        }
    }

    private static List<Labeled> inOrder(Map<String, List<Path>> folders, Classes classes, boolean numbers) {
        List<Labeled> pictures = new ArrayList<>();
        folders.forEach((name, files) -> {
            int label = numbers ? Integer.parseInt(name) : classes.names().indexOf(name);
            files.forEach(file -> pictures.add(new Labeled(file, label)));
        });
        int[] order = Shuffle.order(pictures.size(), ORDER_SEED, 0);
        return Arrays.stream(order).mapToObj(pictures::get).toList();
    }

    private boolean darkInk(List<Labeled> training) {
        if (reading.polarity() != Polarity.AUTO) {
            return reading.polarity() == Polarity.DARK_ON_LIGHT;
        }
        GroundVote vote = new GroundVote();
        training.stream().limit(GroundVote.SAMPLE).forEach(picture -> vote.add(reader.read(picture.file())));
        return vote.decided(directory, reading.notices());
    }

    private Images images(String set, List<Labeled> pictures, Classes classes, boolean darkInk) {
        Path first = pictures.getFirst().file();
        ImageSize size = reader.read(first).size();
        reading.limit().checkSet(directory.resolve(set), pictures.size(), size.pixels());
        byte[] pixels = new byte[pictures.size() * size.pixels()];
        int[] labels = new int[pictures.size()];
        for (int i = 0; i < labels.length; i++) {
            Path file = pictures.get(i).file();
            Picture picture = reader.read(file);
            if (!picture.size().equals(size)) {
                throw new DatasetException(file + " is " + picture.size() + "; it must be " + size + " as " + first
                        + " is. Scale the pictures to one size.");
            }
            System.arraycopy(picture.ink(darkInk), 0, pixels, i * size.pixels(), size.pixels());
            labels[i] = pictures.get(i).label();
        }
        return Images.owning(pixels, labels, size, classes);
    }
}
