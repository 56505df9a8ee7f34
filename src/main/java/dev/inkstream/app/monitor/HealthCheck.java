package dev.inkstream.app.monitor;

import java.util.Optional;

/// How something that runs is doing. Thread-safe.
public interface HealthCheck {
    /// Why the process must be restarted, in a few words; empty while it need not be.
    Optional<String> whyNotLive();

    /// Why it does not do its work right now; empty while it does.
    Optional<String> whyNotReady();
}
