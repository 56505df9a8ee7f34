/// The network and how it learns: pure computation on arrays.
///
/// May import `java.base`, the null annotations of `org.jspecify`, and, in [dev.inkstream.network.VectorKernels] and
/// [dev.inkstream.network.VectorSums] alone, `jdk.incubator.vector`. Reads no clock, starts no thread and keeps no
/// mutable static state, so that what it computes depends on its arguments only.
///
/// Everything is float32. Start at [dev.inkstream.network.Network] to classify and at
/// [dev.inkstream.network.Learner] to learn.
///
/// Imports no other package of Inkstream.
@NullMarked
package dev.inkstream.network;

import org.jspecify.annotations.NullMarked;
