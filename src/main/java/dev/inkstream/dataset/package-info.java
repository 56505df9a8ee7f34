/// Finite sets of labeled images: MNIST's IDX files, found, downloaded and checked; digits drawn by
/// procedure where there are none; the order of an epoch; grids of images for terminals and PNG files.
/// Imports java.base and java.net.http, and nothing else of Inkstream.
@NullMarked
package dev.inkstream.dataset;

import org.jspecify.annotations.NullMarked;
