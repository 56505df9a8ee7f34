package dev.inkstream.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/// The version Maven recorded in the jar, and those of what it runs on.
final class Version implements IVersionProvider {
    private static final String RECORD = "/META-INF/maven/dev.inkstream/inkstream/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "inkstream %s (Kafka %s, Java %s)".formatted(own(), AppInfoParser.getVersion(), Runtime.version())
        };
    }

    private static String own() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(RECORD)) {
            Properties record = new Properties();
            if (in != null) {
                record.load(in);
            }
            return record.getProperty("version", "not packaged");
        }
    }
}
