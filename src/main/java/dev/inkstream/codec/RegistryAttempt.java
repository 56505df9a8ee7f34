package dev.inkstream.codec;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one attempt to ask a schema registry ended. Immutable.
sealed interface RegistryAttempt {
    /// The registry itself answered.
    record Answered(RegistryAnswer answer) implements RegistryAttempt {}

    /// An outage, which another attempt may find over.
    ///
    /// @param what continues a sentence that starts with the registry's address
    /// @param remedy what to do about it
    /// @param retryAfter how long the server asks to wait
    record Outage(
            String what,
            String remedy,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) implements RegistryAttempt {}

    /// What no other attempt will change, such as wrong credentials.
    ///
    /// @param what continues a sentence that starts with the registry's address
    /// @param remedy what to do about it
    record Refused(String what, String remedy, @Nullable Throwable cause) implements RegistryAttempt {}
}
