package dev.inkstream.codec;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of one schema registry. Immutable.
///
/// @param base scheme, host, port and path; without user, password and a slash at the end
/// @param userInfo `user:password`, if the address has one
public record RegistryUrl(URI base, Optional<String> userInfo) {
    private static final Pattern FORM = Pattern.compile("(?i)(https?)://(?:(.*)@)?([^/@]+?)(?::([0-9]{1,5}))?(/.*)?");

    private static final String RANGE = "it must be http:// or https:// with a host and, if needed, a port and a path";

    /// Reads an address such as `https://user:password@host:8081/path`. User and password may be percent-encoded.
    ///
    /// @throws IllegalArgumentException if it cannot be used; the message continues `schema.registry.url ` and never
    ///     shows what may be a password
    public static RegistryUrl parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.contains("?") || text.contains("#")) {
            throw unusable(text, RANGE);
        }
        String host = form.group(3);
        if (host.contains("_")) {
            throw unusable(text, "a host must not have '_' in its name: use another name of it, or its IP address");
        }
        String userInfo = form.group(2);
        if (userInfo != null && userInfo.contains("/")) {
            throw unusable(text, "a '/' in a user or password must be written as %2F");
        }
        return new RegistryUrl(base(form, text), Optional.ofNullable(userInfo).map(info -> decoded(info, text)));
    }

    private static URI base(Matcher form, String text) {
        int port = form.group(4) == null ? -1 : Integer.parseInt(form.group(4));
        try {
            URI base = withPath(
                    new URI(form.group(1).toLowerCase(Locale.ROOT), null, form.group(3), port, "", null, null),
                    form.group(5) == null ? "" : form.group(5).replaceAll("/+$", ""));
            if (base.getHost() == null || port == 0 || port > 65_535) {
                throw unusable(text, RANGE);
            }
            return base;
        } catch (URISyntaxException e) {
            // Its message repeats the address.
            throw unusable(text, RANGE);
        }
    }

    /// Spaces, braces and the like are quoted; a path that is quoted already stays as it is.
    private static URI withPath(URI server, String path) throws URISyntaxException {
        try {
            return new URI(server + path);
        } catch (URISyntaxException e) {
            return new URI(server.getScheme(), null, server.getHost(), server.getPort(), path, null, null);
        }
    }

    private static String decoded(String userInfo, String text) {
        try {
            return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unusable(text, "a '%' in a user or password must be written as %25");
        }
    }

    private static IllegalArgumentException unusable(String text, String range) {
        String shown = text.contains("@") ? text.replaceFirst("^(\\w*://)?.*@.*", "$1***") : text;
        return new IllegalArgumentException("is '" + shown + "'; " + range);
    }

    /// Whether a redirect to `target` stays on this server.
    boolean isSameOrigin(URI target) {
        return base.getScheme().equalsIgnoreCase(target.getScheme())
                && base.getHost().equalsIgnoreCase(target.getHost())
                && port(base) == port(target);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /// Without user and password.
    @Override
    public String toString() {
        return base.toString();
    }
}
