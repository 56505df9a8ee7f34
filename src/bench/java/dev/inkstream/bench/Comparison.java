package dev.inkstream.bench;

import java.util.ArrayList;
import java.util.List;

/// Two benchmarks that are compared: how many times as many images a second `first` takes as `second`.
record Comparison(Case first, Case second) {
    /// Those of the table, in its order.
    static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        for (Case each : Case.all()) {
            if (each.engine() != Engine.INKSTREAM) {
                all.add(new Comparison(ours(each), each));
            }
        }
        for (Case each : Case.all()) {
            if (each.engine() == Engine.INKSTREAM && each.task() == Task.TRAIN) {
                all.add(new Comparison(each, Case.classify(each.model(), Engine.INKSTREAM, 1)));
            }
        }
        return List.copyOf(all);
    }

    private static Case ours(Case peer) {
        return switch (peer.task()) {
            case CLASSIFY -> Case.classify(peer.model(), Engine.INKSTREAM, 1);
            case TRAIN -> Case.train(peer.model(), Engine.INKSTREAM);
        };
    }

    /// What it is compared with: another engine, or another task of ours.
    String against() {
        return second.engine() == Engine.INKSTREAM
                ? second.engine().text() + ", " + second.task().text()
                : second.engineText();
    }
}
