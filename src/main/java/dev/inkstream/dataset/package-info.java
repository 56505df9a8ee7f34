/// Finite sets of labeled images: MNIST's and EMNIST's IDX files, found, downloaded and checked; directories of
/// pictures; digits drawn by procedure if there are none; the order of an epoch; grids of images for terminals and PNG
/// files. Imports java.base, java.net.http and, to read pictures, java.desktop and metadata-extractor; and the limits
/// of images and labels in `record`.
@NullMarked
package dev.inkstream.dataset;

import org.jspecify.annotations.NullMarked;
