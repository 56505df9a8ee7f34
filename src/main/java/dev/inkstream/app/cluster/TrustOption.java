package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.signature.Trust;
import dev.inkstream.signature.TrustedKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The public keys of those whose versions and decisions are accepted.
public final class TrustOption {
    /// One less than a process may need: its own comes on top.
    private static final int MAX_KEYS = Trust.MAX_KEYS - 1;

    @Option(
            names = "--trust",
            paramLabel = "KEY",
            description = "Refuse versions and decisions that are not signed with this Ed25519 public key: a PEM file,"
                    + " or $${provider:path:key} of config.providers; may be repeated (default: none is refused).")
    private List<String> keys = new ArrayList<>();

    /// The keys; empty if no signature is needed.
    ///
    /// @throws UsageException if one is none, or there are too many
    public List<TrustedKey> keys(KafkaOptions kafka) {
        if (keys.size() > MAX_KEYS) {
            throw new UsageException(
                    "--trust is given %d times; it must be given at most %d times".formatted(keys.size(), MAX_KEYS));
        }
        return keys.stream()
                .map(value ->
                        new KeyText("--trust", value).parse(kafka, "an Ed25519 public key in PEM", TrustedKey::parse))
                .toList();
    }
}
