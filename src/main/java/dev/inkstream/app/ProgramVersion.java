package dev.inkstream.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version Maven recorded in the jar, and those of what it runs on.
final class ProgramVersion implements IVersionProvider {
    private static final String OURS = "/META-INF/maven/dev.inkstream/inkstream/pom.properties";
    private static final String KAFKAS = "/kafka/kafka-version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "inkstream %s (Kafka %s, Java %s)".formatted(version(OURS), version(KAFKAS), Runtime.version())
        };
    }

    private static String version(String resource) throws IOException {
        try (InputStream in = ProgramVersion.class.getResourceAsStream(resource)) {
            Properties record = new Properties();
            if (in != null) {
                record.load(in);
            }
            return record.getProperty("version", "not packaged");
        }
    }
}
