package dev.inkstream.app.verify;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.ModelVersion;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// The networks of published versions: those used last are kept, up to a number of parameters. Not thread-safe.
final class Networks {
    /// 64 MB.
    private static final long MAX_PARAMETERS = 16L << 20;

    private final Map<ModelVersion, Long> offsets = new HashMap<>();
    private final LongFunction<Network> source;
    private final Map<ModelVersion, Ready> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long parameters;

    /// A network with what it needs to classify.
    record Ready(Network network, Workspace workspace) {
        static Ready of(Network network) {
            return new Ready(network, network.newWorkspace());
        }

        private int parameters() {
            return network.architecture().shape().parameterCount();
        }
    }

    /// @param published the versions there are
    /// @param source loads the version at an offset of `weight-snapshots`
    Networks(PublishedClaims published, LongFunction<Network> source) {
        published.models().forEach(model -> published.of(model).forEach(claim -> offsets.put(claim.id(), claim.at())));
        this.source = source;
    }

    /// The network of a version; empty if it is not on the topic.
    ///
    /// @throws dev.inkstream.record.InvalidRecordException if it cannot be used
    Optional<Ready> of(ModelVersion version) {
        Ready known = kept.get(version);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Ready> loaded = Optional.ofNullable(offsets.get(version)).map(at -> Ready.of(source.apply(at)));
        loaded.ifPresent(ready -> keep(version, ready));
        return loaded;
    }

    private void keep(ModelVersion version, Ready ready) {
        parameters += ready.parameters();
        Iterator<Ready> oldest = kept.values().iterator();
        while (parameters > MAX_PARAMETERS && oldest.hasNext()) {
            parameters -= oldest.next().parameters();
            oldest.remove();
        }
        kept.put(version, ready);
    }
}
