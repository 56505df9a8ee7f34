/// What a record passes before a role sees it: consumers whose memory is bounded, timestamps, decoding and checks;
/// and where it goes if it cannot be used, the dead letters.
///
/// Imports `record`, `signature`.
@NullMarked
package dev.inkstream.stream.intake;

import org.jspecify.annotations.NullMarked;
