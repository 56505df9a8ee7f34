package dev.inkstream.codec;

import dev.inkstream.codec.RegistryAttempt.Outage;
import dev.inkstream.codec.RegistryAttempt.Refused;
import dev.inkstream.record.Causes;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// What a failure of HTTP says about a schema registry.
final class RegistryFailures {
    private RegistryFailures() {}

    static RegistryAttempt of(IOException failure) {
        if (Causes.include(GeneralSecurityException.class, failure)) {
            return new Refused(
                    "has a certificate that is not trusted (" + message(failure) + ")",
                    "set schema.registry.ssl.truststore.location",
                    failure);
        }
        return new Outage(
                "does not answer (" + why(failure) + ")",
                "check schema.registry.url and that the registry runs",
                Optional.empty(),
                failure);
    }

    private static String why(IOException failure) {
        if (Causes.include(UnresolvedAddressException.class, failure)) {
            return "its host is unknown";
        }
        return switch (failure) {
            case HttpTimeoutException e -> "it took too long";
            case java.net.ConnectException e -> "it refuses the connection";
            case SSLException e -> "TLS: " + message(e);
            default -> message(failure);
        };
    }

    private static String message(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : RegistryAnswer.line(message);
    }
}
