package dev.inkstream.app.faults;

import dev.inkstream.app.cluster.KafkaSettings;
import dev.inkstream.stream.Topics;
import java.util.List;
import java.util.stream.Stream;

/// Recomputes from what was sent, and from the committed records alone, what must be on the topics.
record Oracle(KafkaSettings kafka, Topics topics) {
    /// The records that are committed now.
    RunLog log() {
        return new RunLog(kafka, topics);
    }

    /// All checks.
    ///
    /// @param openRound the last round of [Load#sendEnd]
    List<Finding> findings(int openRound) {
        RunLog log = log();
        return Stream.of(
                        new InputChecks(log).findings(),
                        new VersionChecks(log).findings(),
                        new DecisionChecks(log).findings(),
                        new EvidenceChecks(log).findings(),
                        new PredictionChecks(log, openRound).findings())
                .flatMap(List::stream)
                .toList();
    }

    /// How often what was decided.
    String decisions() {
        return new DecisionChecks(log()).kinds();
    }
}
