/// What a process exposes over HTTP: metrics for Prometheus, and whether it is alive and ready. Knows the
/// metrics by name but not what counts them.
@NullMarked
package dev.inkstream.app.monitor;

import org.jspecify.annotations.NullMarked;
