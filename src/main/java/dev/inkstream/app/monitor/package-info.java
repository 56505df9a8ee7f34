/// What a process exposes over HTTP: metrics for Prometheus, and whether it is alive and ready. What readiness asks
/// is in `app.role.Readiness`.
///
/// Imports `app.console`.
@NullMarked
package dev.inkstream.app.monitor;

import org.jspecify.annotations.NullMarked;
