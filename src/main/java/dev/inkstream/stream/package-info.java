/// The kernel of the roles: topics with their serdes and specs, state stores, the images and labels that a model takes,
/// snapshots as networks, what a role may read and write, and what both joins share: their clock and the order in which
/// they hold. Imports `record`, `network`, `codec` and `stream.intake`.
@NullMarked
package dev.inkstream.stream;

import org.jspecify.annotations.NullMarked;
