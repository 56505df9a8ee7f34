package dev.inkstream.app;

import dev.inkstream.app.broker.EmbeddedBroker;
import dev.inkstream.stream.Topics;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a [Cluster]. The broker behind it is started once, for all classes, and stopped at the end.
final class ClusterExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);

    /// The broker, and how many clusters have been made of it.
    private record Shared(EmbeddedBroker broker, AtomicInteger clusters) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Shared.class, key -> new Shared(EmbeddedBroker.start(0), new AtomicInteger()), Shared.class);
        return new Cluster(
                shared.broker().address(), new Topics("t" + shared.clusters().incrementAndGet() + "."));
    }
}
