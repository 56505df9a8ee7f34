package dev.inkstream.app.cluster;

import dev.inkstream.signature.Signer;
import dev.inkstream.signature.SigningKey;
import dev.inkstream.signature.Trust;
import dev.inkstream.signature.TrustedKey;
import dev.inkstream.stream.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/// The keys of a process, and what their signatures are valid for. Immutable.
///
/// @param own signs what the process writes
/// @param trusted keys of whose records it accepts
public record Keys(Optional<SigningKey> own, List<TrustedKey> trusted, ScopeOption scope) {
    public Keys {
        trusted = List.copyOf(trusted);
        scope.check();
    }

    /// Of a trainer, which signs versions.
    public Signatures ofTrainer(Admin admin) throws InterruptedException {
        return new Signatures(signer(admin), Trust.ANYONE, Trust.ANYONE);
    }

    /// Of an evaluator, which trusts trainers and signs decisions. If it signs, the decisions that it finds must be its
    /// own, or of a key that it had before.
    public Signatures ofEvaluator(Admin admin) throws InterruptedException {
        List<TrustedKey> ours = own.map(SigningKey::publicKey).stream()
                .flatMap(key -> Stream.concat(Stream.of(key), trusted.stream()).distinct())
                .toList();
        return new Signatures(signer(admin), trust(trusted, admin), trust(ours, admin));
    }

    /// Of a classifier, which trusts evaluators.
    public Signatures ofClassifier(Admin admin) throws InterruptedException {
        return new Signatures(Optional.empty(), Trust.ANYONE, trust(trusted, admin));
    }

    /// Of a command that reads versions and decisions. Some publish versions too.
    public Signatures ofReader(Admin admin) throws InterruptedException {
        Trust trust = trust(trusted, admin);
        return new Signatures(signer(admin), trust, trust);
    }

    private Optional<Signer> signer(Admin admin) throws InterruptedException {
        return own.isEmpty() ? Optional.empty() : Optional.of(new Signer(own.get(), scope.of(admin)));
    }

    private Trust trust(List<TrustedKey> keys, Admin admin) throws InterruptedException {
        return keys.isEmpty() ? Trust.ANYONE : Trust.of(keys, scope.of(admin));
    }
}
