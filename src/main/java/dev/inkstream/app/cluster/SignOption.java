package dev.inkstream.app.cluster;

import dev.inkstream.signature.SigningKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The private key of a process that writes versions or decisions.
public final class SignOption {
    @Option(
            names = "--sign",
            paramLabel = "KEY",
            description = "Sign each version and decision with this Ed25519 private key: a PEM file, or"
                    + " $${provider:path:key} of config.providers (default: no signature).")
    private @Nullable String key;

    /// The key; empty if nothing is to be signed.
    ///
    /// @throws dev.inkstream.app.console.UsageException if it is none
    public Optional<SigningKey> key(KafkaOptions kafka) {
        return Optional.ofNullable(key)
                .map(value -> new KeyText("--sign", value)
                        .parse(kafka, "an Ed25519 private key in PEM without a password", SigningKey::parse));
    }
}
