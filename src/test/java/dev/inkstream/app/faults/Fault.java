package dev.inkstream.app.faults;

import java.util.List;
import java.util.Random;

/// What may happen to the processes.
enum Fault {
    /// A role is killed and started again.
    KILL,
    /// A role is stopped (SIGSTOP), a successor takes its instance id, and the role continues.
    ZOMBIE,
    /// A role is stopped for up to 15 s and continues.
    PAUSE,
    /// A second process with the instance id of a running role is started.
    DUPLICATE,
    /// The broker is killed and started again.
    BROKER,
    /// The broker is killed twice within seconds.
    BROKER_TWICE,
    /// The broker is killed twice within seconds, and a role with it.
    BROKER_TWICE_AND_ROLE;

    private static final List<Fault> WEIGHTED = List.of(
            KILL,
            KILL,
            KILL,
            KILL,
            ZOMBIE,
            ZOMBIE,
            ZOMBIE,
            ZOMBIE,
            PAUSE,
            PAUSE,
            DUPLICATE,
            BROKER,
            BROKER_TWICE,
            BROKER_TWICE,
            BROKER_TWICE_AND_ROLE,
            BROKER_TWICE_AND_ROLE);

    static Fault next(Random random) {
        return WEIGHTED.get(random.nextInt(WEIGHTED.size()));
    }
}
