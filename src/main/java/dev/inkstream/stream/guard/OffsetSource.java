package dev.inkstream.stream.guard;

/// Which offsets an instance resumes from if the group's offsets are behind the guard's.
public enum OffsetSource {
    /// The guard's: what a committed transaction has processed is not processed again.
    GUARD,

    /// The group's: an operator has reset them on purpose.
    GROUP
}
