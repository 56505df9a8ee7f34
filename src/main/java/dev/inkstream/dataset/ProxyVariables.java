package dev.inkstream.dataset;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The proxy that the environment names, as curl and other programs read it: `https_proxy`, `http_proxy` (only in lower
/// case, since a web server may set the other), `all_proxy`, and `no_proxy` for hosts to reach without it. Thread-safe.
public final class ProxyVariables extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final Map<String, String> environment;

    public ProxyVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// @throws IllegalArgumentException if the variable is no address of an HTTP proxy; the message is a sentence
    @Override
    public List<Proxy> select(URI uri) {
        return List.of(proxy(uri)
                .map(address -> new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(
                                address.getHost(), address.getPort() < 0 ? DEFAULT_PORT : address.getPort())))
                .orElse(Proxy.NO_PROXY));
    }

    /// Nothing to do: each address has one proxy.
    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {}

    /// Answers the proxy of an address, and nobody else, with the user and password of its variable.
    Optional<Authenticator> authenticator(URI target) {
        return proxy(target).map(URI::getUserInfo).map(user -> new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY ? credentials(user) : null;
            }
        });
    }

    private static PasswordAuthentication credentials(String user) {
        int colon = user.indexOf(':');
        return colon < 0
                ? new PasswordAuthentication(user, new char[0])
                : new PasswordAuthentication(
                        user.substring(0, colon), user.substring(colon + 1).toCharArray());
    }

    private Optional<URI> proxy(URI target) {
        return isExempt(target)
                ? Optional.empty()
                : variable(target.getScheme()).map(this::address);
    }

    /// The name of the variable that holds for a scheme.
    private Optional<String> variable(String scheme) {
        Stream<String> names = scheme.equals("https")
                ? Stream.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                : Stream.of("http_proxy", "all_proxy", "ALL_PROXY");
        return names.filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    private URI address(String name) {
        String value = environment.getOrDefault(name, "").strip();
        try {
            URI address = new URI(value.contains("://") ? value : "http://" + value);
            if ("http".equals(address.getScheme()) && address.getHost() != null) {
                return address;
            }
            throw noAddress(name);
        } catch (URISyntaxException e) {
            throw noAddress(name);
        }
    }

    /// Without the value and without the cause: both may hold a password.
    private static IllegalArgumentException noAddress(String name) {
        return new IllegalArgumentException(name + " is not the address of a proxy; it must be like http://HOST:PORT");
    }

    /// Whether `no_proxy` names the host, a domain it is in, or all of them.
    private boolean isExempt(URI target) {
        String exempt = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
        return Arrays.stream(exempt.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .map(each -> each.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
                .filter(each -> !each.isEmpty())
                .anyMatch(each -> each.equals("*") || host.equals(each) || host.endsWith("." + each));
    }
}
