package dev.inkstream.app.models;

import dev.inkstream.app.cluster.ReadAccess;
import dev.inkstream.app.cluster.TopicReader;
import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.RecordDecoder;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;

/// Reads what the topics have about models. Not thread-safe.
///
/// @param leftOut reports the records that cannot be read
public record ModelTopics(ReadAccess access, LeftOut leftOut) {
    Topics topics() {
        return access.topics();
    }

    AvroSerdes serdes() {
        return access.serdes();
    }

    TopicReader reader() {
        return access.reader();
    }

    /// All models by name.
    ///
    /// @param detailed the version whose confusion matrix is kept
    SortedMap<String, Model> models(OptionalLong detailed) throws InterruptedException {
        return new ModelReader(topics(), serdes(), leftOut, detailed).read(reader());
    }

    /// Reads the decisions about a model, in their order, to the end as it is now.
    void decisions(String model, Consumer<ModelDecision> sink) throws InterruptedException {
        RecordDecoder<ModelDecision> decoder = topics().ledger(serdes());
        reader().readAll(List.of(topics().modelDecisions()), leftOut.around(record -> {
            ModelDecision decision = decoder.decode(record).value();
            if (decision.model().equals(model)) {
                sink.accept(decision);
            }
        }));
    }

    /// The number of a version. Reads the decisions only for an alias.
    ///
    /// @throws dev.inkstream.app.console.UserException if the model does not have the alias
    public long number(String model, VersionName version) throws InterruptedException {
        if (!version.isAlias()) {
            return version.number(model, Map.of());
        }
        ModelLedger ledger = new ModelLedger();
        decisions(model, ledger::add);
        return version.number(model, ledger.aliases());
    }
}
