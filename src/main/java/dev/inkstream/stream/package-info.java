/// The kernel of the roles: topics with their serdes and specs, the type in which each role's settings say what it
/// reads and writes ([TopicUse]), state stores, the images and labels that a model takes, snapshots as networks,
/// who signs records and who is trusted ([Signatures]), and what both joins share: their clock, and the store and order
/// of what they hold.
///
/// Imports `record`, `network`, `codec`, `signature`, `stream.intake`.
@NullMarked
package dev.inkstream.stream;

import org.jspecify.annotations.NullMarked;
