package dev.inkstream.app;

import dev.inkstream.app.console.BuildVersion;
import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/// The version Maven recorded in the jar, and those of what it runs on.
final class ProgramVersion implements IVersionProvider {
    private static final String KAFKAS = "/kafka/kafka-version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "%s (Kafka %s, Java %s)".formatted(BuildVersion.name(), BuildVersion.of(KAFKAS), Runtime.version())
        };
    }
}
