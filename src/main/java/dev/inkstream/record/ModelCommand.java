package dev.inkstream.record;

import java.time.Instant;
import java.util.OptionalLong;

/// What an operator asks the evaluator of a model to do. Immutable.
///
/// @param id unique; the decision that answers repeats it
/// @param model the model's name
/// @param requestedBy who asks, as the client says
/// @param reason why, in the operator's words; may be empty
/// @param requestedAt clock of the client
public record ModelCommand(
        String id, String model, Request request, String requestedBy, String reason, Instant requestedAt) {
    /// The longest id, name or reason in characters: what a decision repeats is bounded.
    public static final int MAX_CHARACTERS = 1_000;

    /// @throws InvalidRecordException if a text is too long, or the id or model is empty
    public ModelCommand {
        checkText("id", id, 1);
        checkText("model", model, 1);
        checkText("requestedBy", requestedBy, 0);
        checkText("reason", reason, 0);
        Times.check("requestedAt", requestedAt);
    }

    /// What is asked for.
    public sealed interface Request {
        /// Serve this version.
        record Promote(long version) implements Request {}

        /// Serve this version, or the one that served before, and hold promotions until a candidate beats it.
        record Rollback(OptionalLong version) implements Request {}

        /// Serve this version until [Follow].
        record Pin(long version) implements Request {}

        /// Let the policy decide again.
        record Follow() implements Request {}

        /// Give this version another name.
        record Alias(String alias, long version) implements Request {
            /// @throws InvalidRecordException if the alias is empty or too long
            public Alias {
                checkText("alias", alias, 1);
            }
        }

        /// A request of a later release.
        record Unknown() implements Request {}
    }

    private static void checkText(String field, String text, int min) {
        if (text.length() < min || text.length() > MAX_CHARACTERS) {
            throw new InvalidRecordException(
                    RejectReason.BAD_COMMAND,
                    field + " has " + text.length() + " characters; it must have " + min + " to " + MAX_CHARACTERS);
        }
    }
}
