package dev.inkstream.app.faults;

import java.util.ArrayList;
import java.util.List;

/// Command lines of the roles under faults.
final class RoleArguments {
    static final int WIDTH = 4;
    static final int CLASSES = 3;
    static final int HIDDEN = 5;
    static final int SEED = 7;
    static final int SNAPSHOT_EVERY = 10;

    private RoleArguments() {}

    static List<String> of(Target role, Stack.Setup setup) {
        List<String> args = new ArrayList<>(List.of(
                role.command(),
                "--bootstrap-server",
                "127.0.0.1:" + setup.port(),
                "--topic-prefix",
                setup.topics().prefix(),
                "--monitor-port",
                "off"));
        if (role.isStatic()) {
            args.addAll(List.of("--instance-id", role.title()));
        }
        if (role != Target.LABELER) {
            args.addAll(List.of("--image-size", WIDTH + "x" + WIDTH, "--classes", String.valueOf(CLASSES)));
        }
        switch (role) {
            case TRAINER ->
                args.addAll(List.of(
                        "--hidden",
                        String.valueOf(HIDDEN),
                        "--seed",
                        String.valueOf(SEED),
                        "--snapshot-every",
                        String.valueOf(SNAPSHOT_EVERY)));
            // The default policy: it promotes, refuses, runs shadows, confirms and restores. Short windows, since the
            // last must end before its counts can be compared.
            case EVALUATOR -> args.addAll(List.of("--promotion", "holdout", "--evaluate-every", "5s"));
            default -> {
                // The others have no more options.
            }
        }
        return args;
    }
}
