/// Finite sets of labeled images: MNIST's and EMNIST's IDX files, found, downloaded and checked; directories of
/// pictures; digits drawn by procedure if there are none; the order of an epoch. Of the JDK it needs java.net.http
/// and, to read pictures, java.desktop; of libraries metadata-extractor.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.dataset;

import org.jspecify.annotations.NullMarked;
