package dev.inkstream.app.cluster;

import dev.inkstream.app.console.StopSignal;
import dev.inkstream.app.console.UsageException;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.dataset.FileReason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How to reach Kafka, with the options of Kafka's own tools (KIP-1147). In order of precedence:
/// `--bootstrap-server`, `--command-property`, `--command-config`, the defaults.
///
/// Values may be `${provider:path:key}`, resolved by Kafka's `config.providers`, so that secrets need not
/// be on the command line or in the file.
public final class KafkaOptions {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOptions.class);
    private static final String DEFAULT_ADDRESS = "localhost:9092";
    private static final String ADDRESS = "([a-zA-Z_]+://)?([^\\s,:\\[\\]]+|\\[[0-9a-fA-F:.%]+]):[0-9]{1,5}";
    private static final Pattern ADDRESSES =
            Pattern.compile("\\s*" + ADDRESS + "(\\s*,\\s*" + ADDRESS + ")*\\s*,?\\s*");
    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka brokers to connect to (default: " + DEFAULT_ADDRESS + ").")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties file for the Kafka clients and the schema registry; keys that start with"
                    + " consumer., producer. or admin. are for that client alone.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--command-property",
            paramLabel = "KEY=VALUE",
            description = "One property; overrides the file; may be repeated.")
    private List<String> commandProperties = new ArrayList<>();

    @Mixin
    private WaitOptions wait = new WaitOptions();

    /// The settings that follow from the options. Reads the file at each call, and warns of names that are not known.
    ///
    /// @throws UsageException when the file or a property is wrong
    public KafkaSettings settings() {
        KafkaSettings settings = read();
        UnknownSettings.warning(settings.names()).ifPresent(LOG::warn);
        return settings;
    }

    /// How long to wait at start.
    public Duration waitTime() {
        return wait.time();
    }

    /// How to wait for the first answer of a broker.
    ///
    /// @param stop ends the waiting
    /// @param notices takes a sentence now and then while no broker answers
    public BrokerWait broker(StopSignal stop, Consumer<String> notices) {
        return new BrokerWait(wait.time(), stop, notices, System::nanoTime);
    }

    /// The schema registry of a command that is no role. It waits for the registry as [#broker] waits for a broker.
    ///
    /// @param settings from [#settings()]
    /// @param stop ends the waiting
    /// @param notices takes a sentence when the registry does not answer; called from any thread
    /// @throws UsageException if a setting of the registry is wrong
    public SchemaRegistry registry(KafkaSettings settings, StopSignal stop, Consumer<String> notices) {
        return SchemaRegistries.of(settings, wait.time(), stop, notices);
    }

    private KafkaSettings read() {
        Map<String, String> merged = new HashMap<>();
        merged.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_ADDRESS);
        merged.putAll(fromFile());
        merged.putAll(fromCommandLine());
        if (bootstrapServer != null) {
            merged.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
        }
        Map<String, Object> resolved = resolve(merged);
        checkAddress(String.valueOf(resolved.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
        return KafkaSettings.of(resolved);
    }

    /// Checked here, since Kafka's message names a setting that the user did not give.
    private void checkAddress(String servers) {
        if (!ADDRESSES.matcher(servers).matches()) {
            throw UsageException.of(
                    bootstrapServer == null ? CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG : "--bootstrap-server",
                    servers,
                    "HOST:PORT, or several with commas between them");
        }
    }

    /// The brokers' addresses for messages about them; never throws.
    public String address() {
        try {
            return read().bootstrapServers();
        } catch (UsageException e) {
            return bootstrapServer == null ? DEFAULT_ADDRESS : bootstrapServer;
        }
    }

    private Map<String, String> fromFile() {
        if (commandConfig == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(commandConfig, StandardCharsets.UTF_8)) {
            properties.load(new StringReader(withoutMark(reader.readAllAsString())));
        } catch (NoSuchFileException e) {
            throw UsageException.of("--command-config", commandConfig, "a file that exists");
        } catch (CharacterCodingException e) {
            throw UsageException.of("--command-config", commandConfig, "a file in UTF-8");
        } catch (IOException e) {
            throw UsageException.of(
                    "--command-config", commandConfig, "a file that can be read (%s)".formatted(FileReason.of(e)));
        } catch (IllegalArgumentException e) {
            throw UsageException.of(
                    "--command-config", commandConfig, "a properties file (%s)".formatted(e.getMessage()));
        }
        Map<String, String> map = new HashMap<>();
        properties.forEach((key, value) -> map.put((String) key, (String) value));
        return map;
    }

    /// Editors of Windows begin a file with a byte order mark, which would become a part of the first key.
    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private Map<String, String> fromCommandLine() {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < commandProperties.size(); i++) {
            String property = commandProperties.get(i);
            int equals = property.indexOf('=');
            if (equals < 1) {
                // What was given may be a secret, so it is not repeated.
                throw new UsageException("--command-property number %d has no %s; it must be KEY=VALUE"
                        .formatted(i + 1, equals < 0 ? "'='" : "key"));
            }
            map.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return map;
    }

    /// Resolves the value of another option by the same providers.
    ///
    /// @param value `${provider:path:key}`
    /// @throws UsageException if no provider knows it
    String resolved(String option, String value) {
        Map<String, String> merged = new HashMap<>(fromFile());
        merged.putAll(fromCommandLine());
        merged.put(option, value);
        String resolved = String.valueOf(resolve(merged).get(option));
        if (resolved.equals(value)) {
            throw UsageException.of(option, value, "known to a provider in config.providers");
        }
        return resolved;
    }

    /// Resolves `${provider:...}` values and removes the provider settings, so that a client does not resolve a secret
    /// that happens to look like such a value.
    private static Map<String, Object> resolve(Map<String, String> properties) {
        if (!properties.containsKey(PROVIDERS)) {
            return Map.copyOf(properties);
        }
        try {
            Map<String, Object> resolved =
                    new HashMap<>(new AbstractConfig(new ConfigDef(), properties, false).originals());
            resolved.keySet().removeIf(key -> key.equals(PROVIDERS) || key.startsWith(PROVIDERS + "."));
            return resolved;
        } catch (ConfigException e) {
            throw new UsageException("config.providers: " + e.getMessage(), e);
        }
    }
}
