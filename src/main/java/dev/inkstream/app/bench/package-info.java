/// Measures throughput, latency and start on this machine, with broker and roles in processes of their own.
///
/// Imports any other package of Inkstream.
@NullMarked
package dev.inkstream.app.bench;

import org.jspecify.annotations.NullMarked;
