package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.app.console.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KafkaOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void withoutOptionsTheBrokerIsOnThisMachine() {
        assertThat(settings().consumer()).containsOnlyKeys("bootstrap.servers");
        assertThat(settings().bootstrapServers()).isEqualTo("localhost:9092");
    }

    @Test
    void theFileWinsOverTheDefaults() throws IOException {
        String file = file("bootstrap.servers=file:1\n");

        assertThat(settings("--command-config", file).bootstrapServers()).isEqualTo("file:1");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
        String file = file("\ufeffbootstrap.servers=file:1\nclient.id=größe\n");

        assertThat(settings("--command-config", file).bootstrapServers()).isEqualTo("file:1");
        assertThat(settings("--command-config", file).property("client.id")).contains("größe");
    }

    @Test
    void aFileInAnotherEncodingIsOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("latin"), "client.id=größe\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> settings("--command-config", file.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessage("--command-config is '" + file + "'; it must be a file in UTF-8");
    }

    @Test
    void aPropertyWinsOverTheFile() throws IOException {
        String file = file("bootstrap.servers=file:1\nretries=3\n");
        KafkaSettings settings =
                settings("--command-property", "bootstrap.servers=property:1", "--command-config", file);

        assertThat(settings.bootstrapServers()).isEqualTo("property:1");
        assertThat(settings.property("retries")).contains("3");
    }

    @Test
    void theBootstrapServerWinsOverAll() throws IOException {
        String file = file("bootstrap.servers=file:1\n");
        KafkaSettings settings = settings(
                "--command-config", file,
                "--bootstrap-server", "option:1",
                "--command-property", "bootstrap.servers=property:1");

        assertThat(settings.bootstrapServers()).isEqualTo("option:1");
    }

    @Test
    void aPropertyMayContainEqualsSignsAndRepeat() {
        KafkaSettings settings = settings(
                "--command-property",
                "sasl.jaas.config=a b=\"c,d\";",
                "--command-property",
                "x=1",
                "--command-property",
                "x=2",
                "--command-property",
                "empty=");

        assertThat(settings.property("sasl.jaas.config")).contains("a b=\"c,d\";");
        assertThat(settings.property("x")).contains("2");
        assertThat(settings.property("empty")).contains("");
    }

    @Test
    void configProvidersAreAskedOnceAndTakenOut() throws IOException {
        String secrets = file("secrets.properties", "password=${file:not:again}\n");
        KafkaSettings settings = settings(
                "--command-config",
                file("config.providers=file\n"
                        + "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider\n"
                        + "ssl.key.password=${file:" + secrets + ":password}\n"));

        assertThat(settings.property("ssl.key.password")).contains("${file:not:again}");
        assertThat(settings.streams()).containsOnlyKeys("bootstrap.servers", "ssl.key.password");
    }

    @Test
    void aProviderThatCannotBeHadIsOneSentence() {
        assertThatThrownBy(() -> settings(
                        "--command-property", "config.providers=x",
                        "--command-property", "config.providers.x.class=NoSuchClass"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("config.providers: ");
    }

    @Test
    void aPropertyWithoutEqualsSignIsNotRepeatedForItMayBeASecret() {
        assertThatThrownBy(() -> settings("--command-property", "a=b", "--command-property", "hunter2"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--command-property number 2 has no '='; it must be KEY=VALUE");
    }

    @Test
    void aBadFileIsOneSentence() throws IOException {
        String missing = directory.resolve("missing").toString();
        String malformed = file("a=\\u12\n");

        assertThatThrownBy(() -> settings("--command-config", missing))
                .isInstanceOf(UsageException.class)
                .hasMessage("--command-config is '" + missing + "'; it must be a file that exists");
        assertThatThrownBy(() -> settings("--command-config", malformed))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--command-config is '" + malformed + "'; it must be a properties file (");
        assertThatThrownBy(() -> settings("--command-config", directory.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--command-config is '" + directory + "'; it must be a file that can be read (Is a directory)");
    }

    @Test
    void theAddressForMessagesNeedsNoGoodFile() {
        KafkaOptions options = CommandLine.populateCommand(
                new KafkaOptions(), "--command-config", "/missing", "--bootstrap-server", "option:1");

        assertThat(options.address()).isEqualTo("option:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "a:1,b", "", "a:x", "::1:9092", "a b:1"})
    void anAddressWithoutAPortIsOneSentence(String address) {
        assertThatThrownBy(() -> settings("--bootstrap-server", address))
                .isInstanceOf(UsageException.class)
                .hasMessage("--bootstrap-server is '" + address
                        + "'; it must be HOST:PORT, or several with commas between them");
        assertThatThrownBy(() -> settings("--command-property", "bootstrap.servers=" + address))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("bootstrap.servers is '" + address + "'; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "a:1,b:2", "a:1, b:2", "[::1]:9092", "PLAINTEXT://a_b.c-d:1", "1.2.3.4:5,"})
    void addressesAreTakenAsKafkaTakesThem(String address) {
        assertThat(settings("--bootstrap-server", address).bootstrapServers()).isEqualTo(address);
    }

    @Test
    void theTopicPrefixMustFitATopicName() {
        TopicOptions good = CommandLine.populateCommand(new TopicOptions(), "--topic-prefix", "a-b.");
        TopicOptions bad = CommandLine.populateCommand(new TopicOptions(), "--topic-prefix", "a/b");

        assertThat(CommandLine.populateCommand(new TopicOptions()).topics().prefix())
                .isEqualTo("inkstream.");
        assertThat(good.topics().prefix()).isEqualTo("a-b.");
        assertThatThrownBy(bad::topics)
                .isInstanceOf(UsageException.class)
                .hasMessage("--topic-prefix is 'a/b'; it must be at most 100 letters, digits, dots and dashes");
    }

    private static KafkaSettings settings(String... args) {
        return CommandLine.populateCommand(new KafkaOptions(), args).settings();
    }

    private String file(String content) throws IOException {
        return file("client.properties", content);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
