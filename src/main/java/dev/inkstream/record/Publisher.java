package dev.inkstream.record;

/// Who wrote a snapshot. Immutable. Anybody who may read the topic reads it, so it names no secret.
///
/// @param role what the process does: `trainer`, or `operator` for a person who imports or rebuilds a version
/// @param instance the instance id of a role, or user and host
/// @param program name and version of the program
public record Publisher(String role, String instance, String program) {
    /// The role of a person.
    public static final String OPERATOR = "operator";

    /// The longest name in characters.
    public static final int MAX_CHARACTERS = 200;

    /// @throws InvalidRecordException if a name is too long
    public Publisher {
        check("role", role);
        check("instance", instance);
        check("program", program);
    }

    private static void check(String field, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "publisher's " + field + " has " + text.length() + " characters; it must have at most "
                            + MAX_CHARACTERS);
        }
    }

    /// As `trainer t-1, inkstream 0.3.0`.
    @Override
    public String toString() {
        return role + " " + instance + ", " + program;
    }
}
