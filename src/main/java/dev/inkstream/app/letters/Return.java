package dev.inkstream.app.letters;

import java.util.List;

/// A record that returns to its topic. Immutable.
///
/// @param letter the first of its dead letters
/// @param applications that it returns for, 1 to [RedrivePlan#MAX_APPLICATIONS]
record Return(DeadLetter letter, Identity identity, List<String> applications) {
    Return {
        applications = List.copyOf(applications);
    }
}
