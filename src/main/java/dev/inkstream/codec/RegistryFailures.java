package dev.inkstream.codec;

import dev.inkstream.codec.RegistryAttempt.Outage;
import dev.inkstream.codec.RegistryAttempt.Refused;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// What a failure of HTTP says about a schema registry.
final class RegistryFailures {
    private static final int MAX_CAUSES = 20;

    private RegistryFailures() {}

    static RegistryAttempt of(IOException failure) {
        if (isCausedBy(failure, GeneralSecurityException.class)) {
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
        if (isCausedBy(failure, UnresolvedAddressException.class)) {
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

    private static boolean isCausedBy(Throwable failure, Class<? extends Exception> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(type::isInstance);
    }
}
