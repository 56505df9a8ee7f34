package dev.inkstream.record;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What the evaluator decided about the versions of a model, and on what evidence. Immutable.
///
/// @param number counts the decisions of the model from 0, without gaps
/// @param subject the version decided about; empty if the decision is about none
/// @param replaced the version that served until now, if this decision ended that
/// @param after what serves from now on
/// @param decidedAt timestamp of the record that led to the decision
public record ModelDecision(
        String model,
        long number,
        Kind kind,
        Optional<Subject> subject,
        OptionalLong replaced,
        Origin origin,
        Standing after,
        Evidence evidence,
        Instant decidedAt) {

    /// What was decided. Each version is the subject of one of the first three or [#SHADOWED] when it is published;
    /// what follows may be about any version.
    public enum Kind {
        /// The version serves.
        PROMOTED,
        /// The holdout images speak against the version.
        REFUSED,
        /// The version was not tried.
        PASSED_OVER,
        /// The version runs beside the serving version.
        SHADOWED,
        /// As the shadow, the version was not better.
        REJECTED,
        /// The version that the serving version replaced was not better.
        CONFIRMED,
        /// A version that served before serves again, and promotions are held.
        RESTORED,
        /// The version serves until it is [#FOLLOWED].
        PINNED,
        /// The policy decides again.
        FOLLOWED,
        /// The version has another name.
        ALIASED,
        /// A command could not be carried out.
        DECLINED,
        /// A decision of a later release.
        UNKNOWN
    }

    /// A version.
    ///
    /// @param snapshotOffset in the topic `weight-snapshots`; empty if it is not known
    public record Subject(ModelVersion id, OptionalLong snapshotOffset) {}

    /// Who decided, and why.
    ///
    /// @param decidedBy the policy, or who sent the command
    /// @param commandId empty if the policy decided
    /// @param alias given by the command; empty of all but [Kind#ALIASED]
    public record Origin(String decidedBy, Optional<String> commandId, String reason, Optional<String> alias) {
        /// Decided by a policy.
        public static Origin policy(String policy, String reason) {
            return new Origin(policy, Optional.empty(), reason, Optional.empty());
        }
    }

    /// Whether the policy promotes.
    public enum Mode {
        /// The policy decides.
        FOLLOWING,
        /// After a roll-back, nothing is promoted until a candidate beats what serves.
        HELD,
        /// Nothing is promoted until an operator says so.
        PINNED,
        /// A mode of a later release.
        UNKNOWN
    }

    /// What serves, and what runs beside it.
    public record Standing(OptionalLong serving, OptionalLong shadow, Mode mode) {}

    /// What a decision rests on.
    public record Evidence(Optional<HoldoutEvidence> holdout, Optional<LiveEvidence> live) {
        /// A decision that needed none.
        public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "decision " + number + " of model " + model + ": " + kind
                + subject.map(version -> " " + version.id()).orElse("");
    }
}
