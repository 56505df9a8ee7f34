package dev.inkstream.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// The versions that builds recorded in their jars.
public final class BuildVersion {
    private static final String OURS = "/META-INF/maven/dev.inkstream/inkstream/pom.properties";

    private BuildVersion() {}

    /// Name and version of this program, as Maven recorded it: as `inkstream 0.2.0`.
    public static String name() {
        try {
            return "inkstream " + of(OURS);
        } catch (IOException e) {
            // A jar that cannot be read any more would not have run the program.
            return "inkstream, version unknown";
        }
    }

    /// The version that a properties file on the class path has.
    public static String of(String resource) throws IOException {
        try (InputStream in = BuildVersion.class.getResourceAsStream(resource)) {
            Properties record = new Properties();
            if (in != null) {
                record.load(in);
            }
            return record.getProperty("version", "not packaged");
        }
    }
}
