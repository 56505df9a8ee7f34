package dev.inkstream.app.feed;

/// The ids that images are sent under: the keys of images, and of the labels that come after them.
final class ImageIds {
    private ImageIds() {}

    /// Image i of a set is `<set>-<i>` in the first pass, and another image, `<set>-<i>-<pass>`, in each later one.
    ///
    /// @param pass from 0
    static String of(String set, int i, int pass) {
        return pass == 0 ? set + "-" + i : set + "-" + i + "-" + pass;
    }
}
