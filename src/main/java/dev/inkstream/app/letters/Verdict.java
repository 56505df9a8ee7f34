package dev.inkstream.app.letters;

/// What can become of a dead letter now.
sealed interface Verdict {
    /// The application that rejected the record would accept it now.
    record Usable() implements Verdict {}

    /// Its record has returned to its topic for this application.
    record Returned() implements Verdict {}

    /// Whether the application accepts the record depends on more than the record; it returns if somebody asks for it.
    record OnRequest() implements Verdict {}

    /// The record cannot return.
    ///
    /// @param why one sentence, without a period
    record Unusable(String why) implements Verdict {}

    /// In a column of a table.
    default String text() {
        return switch (this) {
            case Usable _ -> "usable";
            case Returned _ -> "returned";
            case OnRequest _ -> "on request";
            case Unusable unusable -> unusable.why();
        };
    }
}
