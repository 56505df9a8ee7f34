package dev.inkstream.evaluator;

import dev.inkstream.live.PairedOutcome;
import dev.inkstream.record.ModelCommand;

/// What a decision may follow from. Immutable.
sealed interface DecisionInput {
    /// A version was published.
    record Published(Candidate candidate) implements DecisionInput {}

    /// An operator asks for something.
    record Asked(ModelCommand command) implements DecisionInput {}

    /// Labels have come for images that two versions classified.
    record Compared(PairedOutcome outcome) implements DecisionInput {}

    /// A holdout image was kept.
    record KeptHoldout() implements DecisionInput {}
}
