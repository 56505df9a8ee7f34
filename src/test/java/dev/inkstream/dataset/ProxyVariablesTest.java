package dev.inkstream.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProxyVariablesTest {
    private static final URI MIRROR = URI.create("https://mirror.example.test/mnist/");

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https_proxy=http://proxy:3128                    | proxy:3128",
                "HTTPS_PROXY=proxy:3128                           | proxy:3128",
                "https_proxy=http://user:pass@proxy/              | proxy:80",
                "ALL_PROXY=proxy:1                                | proxy:1",
                "http_proxy=proxy:3128                            | ",
                "https_proxy=p:1 no_proxy=example.test            | ",
                "https_proxy=p:1 NO_PROXY=.example.test,localhost | ",
                "https_proxy=p:1 no_proxy=*.example.test:443      | ",
                "https_proxy=p:1 no_proxy=*                       | ",
                "https_proxy=p:1 no_proxy=other.test,ample.test   | p:1",
            })
    void namesTheProxyOfAnAddress(String variables, String expected) {
        Proxy proxy = new ProxyVariables(environment(variables)).select(MIRROR).getFirst();

        assertThat(
                        proxy.address() instanceof InetSocketAddress address
                                ? address.getHostString() + ":" + address.getPort()
                                : null)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"socks5://secret@proxy:1", "http://", "http://sec ret:1"})
    void saysWhatIsNoProxyWithoutItsPassword(String value) {
        assertThatThrownBy(() -> new ProxyVariables(Map.of("https_proxy", value)).select(MIRROR))
                .hasMessage("https_proxy is not the address of a proxy; it must be like http://HOST:PORT")
                .hasNoCause();
    }

    @Test
    void aDownloadGoesThroughTheProxyAndSaysSo() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.answering("502 Bad Gateway")) {
            List<String> notices = download(Map.of("https_proxy", "http://127.0.0.1:" + proxy.port()));

            assertThat(proxy.heads().getFirst()).startsWith("CONNECT mirror.example.test:443 HTTP/1.1\n");
            assertThat(notices.getLast())
                    .startsWith("MNIST could not be downloaded (")
                    .endsWith(", through the proxy 127.0.0.1:" + proxy.port()
                            + "): using procedurally drawn digits instead.");
        }
    }

    /// A TLS record of type 22, a handshake, comes through the tunnel.
    @Test
    void theTunnelIsUsed() throws IOException {
        try (ConnectProxy proxy = ConnectProxy.answering("200 OK")) {
            download(Map.of("HTTPS_PROXY", "127.0.0.1:" + proxy.port()));

            assertThat(proxy.firstByte()).isEqualTo(22);
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ConnectProxy proxy = ConnectProxy.answering("200 OK")) {
            port = proxy.port();
        }
        assertThat(download(Map.of("https_proxy", "127.0.0.1:" + port)).getLast())
                .isEqualTo("MNIST could not be downloaded (there is no connection to mirror.example.test, through the"
                        + " proxy 127.0.0.1:" + port + "): using procedurally drawn digits instead.");
    }

    @Test
    void aBadVariableIsNamed() {
        assertThat(download(Map.of("https_proxy", "socks5://proxy:1")).getLast())
                .isEqualTo("MNIST could not be downloaded (https_proxy is not the address of a proxy; it must be like"
                        + " http://HOST:PORT): using procedurally drawn digits instead.");
    }

    private List<String> download(Map<String, String> environment) {
        List<String> notices = new ArrayList<>();
        ProxyVariables proxies = new ProxyVariables(environment);
        DatasetSource source = new DatasetSource(
                new DatasetSource.Surroundings(environment, home.toString(), 1L << 30, proxies),
                new MnistDownload(List.of(MIRROR), MnistFile.ALL, Duration.ofSeconds(20), proxies),
                Polarity.AUTO,
                notices::add);
        assertThat(source.findFiles(null, 2)).isEmpty();
        return notices;
    }

    private static Map<String, String> environment(String variables) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (String variable : variables.strip().split(" +")) {
            environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }
        return environment;
    }
}
