package dev.inkstream.app.faults;

import dev.inkstream.stream.Topics;
import java.util.Arrays;
import java.util.List;

/// A process that faults happen to.
enum Target {
    CLASSIFIER("classifier-1", "classifier", "classifier-digits"),
    /// A dynamic member of the same group.
    OTHER_CLASSIFIER("classifier-2", "classifier", "classifier-digits"),
    TRAINER("trainer", "trainer", "trainer-digits"),
    EVALUATOR("evaluator", "evaluator", "evaluator-digits"),
    LABELER("labeler", "labeler", "labeler"),
    BROKER("broker", "broker", "");

    /// All but the broker.
    static final List<Target> ROLES =
            Arrays.stream(values()).filter(target -> target != BROKER).toList();

    /// Those with an instance id of their own.
    static final List<Target> STATIC =
            ROLES.stream().filter(target -> target != OTHER_CLASSIFIER).toList();

    private final String title;
    private final String command;
    private final String application;

    Target(String title, String command, String application) {
        this.title = title;
        this.command = command;
        this.application = application;
    }

    /// Its name for a person, and its instance id if it has one.
    String title() {
        return title;
    }

    String command() {
        return command;
    }

    /// Application id, which is the consumer group.
    String group(Topics topics) {
        return topics.prefix() + application;
    }

    /// The roles that share a group with this one, itself included.
    static List<Target> sharingGroupOf(Target target) {
        return ROLES.stream()
                .filter(role -> role.application.equals(target.application))
                .toList();
    }

    boolean isStatic() {
        return STATIC.contains(this);
    }

    /// Whether its state has changelogs.
    boolean hasChangelog() {
        return this == TRAINER || this == EVALUATOR || this == LABELER;
    }

    @Override
    public String toString() {
        return title;
    }
}
