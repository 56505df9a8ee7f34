package dev.inkstream.app.cluster;

import dev.inkstream.app.console.UsageException;
import dev.inkstream.stream.admin.KafkaFutures;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What signatures are valid for.
public final class ScopeOption {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    @Option(
            names = "--signature-scope",
            paramLabel = "NAME",
            description = "What signatures are valid for; who signs and who checks must name the same (default: the id"
                    + " of the Kafka cluster).")
    private @Nullable String scope;

    /// @throws UsageException if it is no name
    public void check() {
        if (scope != null && !NAME.matcher(scope).matches()) {
            throw UsageException.of(
                    "--signature-scope", scope, "1 to 100 letters, digits, dots, dashes or underscores");
        }
    }

    /// The scope, for which the cluster may be asked.
    public String of(Admin admin) throws InterruptedException {
        return scope == null ? KafkaFutures.await(admin.describeCluster().clusterId()) : scope;
    }
}
