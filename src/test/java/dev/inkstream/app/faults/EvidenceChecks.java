package dev.inkstream.app.faults;

import dev.inkstream.app.faults.RunLog.Entry;
import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Snapshots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Counts the evidence of each decision again, and checks that the decision is the one that the evidence asks for.
record EvidenceChecks(RunLog log) {
    /// The evaluator's defaults.
    private static final double SIGNIFICANCE = 0.01;

    private static final double ENOUGH = 2 / SIGNIFICANCE;
    private static final long TRIAL_LABELS = 5_000;

    List<Finding> findings() {
        List<ModelDecision> decisions = log.good(log.topics().modelDecisions()).stream()
                .map(Entry::value)
                .toList();
        return List.of(holdout(decisions), live(decisions), asked(decisions));
    }

    private Finding holdout(List<ModelDecision> decisions) {
        Map<Long, BitSet> correct = new HashMap<>();
        List<LabeledImage> images = log.good(log.topics().holdoutImages()).stream()
                .map(Entry::value)
                .toList();
        log.snapshots().forEach(snapshot -> correct.put(snapshot.id().version(), correct(snapshot, images)));
        int compared = 0;
        List<String> differences = new ArrayList<>();
        OptionalLong serving = OptionalLong.empty();
        for (ModelDecision decision : decisions) {
            if (decision.evidence().holdout().isPresent()) {
                compared++;
                HoldoutEvidence evidence = decision.evidence().holdout().get();
                long version = decision.subject().orElseThrow().id().version();
                boolean same = evidence.examples() == images.size()
                        && evidence.correct() == correct.get(version).cardinality()
                        && ExactCounts.isSame(
                                evidence.guessing(),
                                ExactCounts.atLeast(evidence.correct(), images.size(), RoleArguments.CLASSES))
                        && evidence.serving().stream()
                                .mapToLong(Paired::version)
                                .boxed()
                                .toList()
                                .equals(serving.stream()
                                        .filter(other -> other != version)
                                        .boxed()
                                        .toList())
                        && evidence.serving()
                                .map(paired -> isCounted(paired, version, correct))
                                .orElse(true)
                        && evidence.best()
                                .map(paired -> isCounted(paired, version, correct))
                                .orElse(true);
                if (!same) {
                    differences.add(decision + " on " + evidence + ", while " + serving + " served");
                }
            }
            serving = decision.after().serving();
        }
        return new Finding("Holdout evidence, counted again, with exact probabilities", compared, differences);
    }

    private static boolean isCounted(Paired paired, long version, Map<Long, BitSet> correct) {
        BitSet wins = (BitSet) correct.get(version).clone();
        wins.andNot(correct.get(paired.version()));
        BitSet losses = (BitSet) correct.get(paired.version()).clone();
        losses.andNot(correct.get(version));
        return paired.correct() == correct.get(paired.version()).cardinality()
                && paired.wins() == wins.cardinality()
                && paired.losses() == losses.cardinality()
                && ExactCounts.isSame(
                        paired.worse(), ExactCounts.atMost(paired.wins(), paired.wins() + paired.losses()));
    }

    private static BitSet correct(WeightSnapshot snapshot, List<LabeledImage> images) {
        Network network = Snapshots.network(snapshot);
        Workspace workspace = network.newWorkspace();
        BitSet correct = new BitSet(images.size());
        for (int i = 0; i < images.size(); i++) {
            correct.set(
                    i,
                    network.classify(images.get(i).image().pixels().bytes(), workspace)
                            == images.get(i).label());
        }
        return correct;
    }

    /// A trial ends at a label, and more of the same two versions may follow: the topics have at least as many.
    private Finding live(List<ModelDecision> decisions) {
        Map<String, long[]> most = pairs();
        List<String> differences = new ArrayList<>();
        for (ModelDecision decision : decisions) {
            if (decision.evidence().live().isPresent()) {
                LiveEvidence evidence = decision.evidence().live().get();
                long[] counts = most.getOrDefault(pair(evidence.serving(), evidence.shadow()), new long[3]);
                if (evidence.labels() > counts[0]
                        || evidence.wins() > counts[1]
                        || evidence.losses() > counts[2]
                        || !ExactCounts.isSame(
                                evidence.better(), ExactCounts.evidence(evidence.wins(), evidence.losses()))
                        || !ExactCounts.isSame(
                                evidence.worse(), ExactCounts.evidence(evidence.losses(), evidence.wins()))) {
                    differences.add(decision + " on " + evidence);
                }
            }
        }
        return new Finding(
                "Live evidence of decisions that have some: no more than the topics have, with exact e-values",
                decisions.size(),
                differences);
    }

    private static String pair(long serving, long shadow) {
        return serving + " beside " + shadow;
    }

    /// Labels, wins and losses of all predictions of a serving version and a shadow.
    private Map<String, long[]> pairs() {
        Map<String, Integer> labels = new HashMap<>();
        log.good(log.topics().labels())
                .forEach(entry -> labels.put(entry.key(), entry.value().label()));
        Map<String, long[]> pairs = new HashMap<>();
        log.good(log.topics().predictions())
                .forEach(entry -> entry.value().shadow().ifPresent(shadow -> {
                    int label = labels.getOrDefault(entry.key(), -1);
                    boolean serving = entry.value().label() == label;
                    boolean beside = shadow.label() == label;
                    long[] counts = pairs.computeIfAbsent(
                            pair(entry.value().model().version(), shadow.model().version()), key -> new long[3]);
                    counts[0]++;
                    counts[1] += beside && !serving ? 1 : 0;
                    counts[2] += serving && !beside ? 1 : 0;
                }));
        return pairs;
    }

    private static Finding asked(List<ModelDecision> decisions) {
        return new Finding(
                "Each decision is the one that its evidence asks for",
                decisions.size(),
                decisions.stream()
                        .filter(decision -> !isAsked(decision))
                        .map(decision -> decision + " on " + decision.evidence())
                        .toList());
    }

    private static boolean isAsked(ModelDecision decision) {
        Kind kind = decision.kind();
        return switch (kind) {
            case PROMOTED ->
                decision.evidence().live().map(live -> live.better() >= ENOUGH).orElseGet(() -> isGoodEnough(decision));
            case SHADOWED -> isGoodEnough(decision);
            case REFUSED ->
                decision.evidence().holdout().map(EvidenceChecks::isWorse).orElse(false);
            case RESTORED ->
                decision.evidence().live().map(live -> live.better() >= ENOUGH).orElse(false);
            case CONFIRMED, REJECTED ->
                decision.evidence()
                        .live()
                        .map(live -> live.worse() >= ENOUGH || live.labels() >= TRIAL_LABELS)
                        .orElse(false);
            case PASSED_OVER -> true;
            // Nobody sends commands.
            case PINNED, FOLLOWED, ALIASED, DECLINED, UNKNOWN -> false;
        };
    }

    private static boolean isGoodEnough(ModelDecision decision) {
        return decision.evidence().holdout().map(evidence -> !isWorse(evidence)).orElse(false);
    }

    private static boolean isWorse(HoldoutEvidence evidence) {
        return evidence.guessing() >= SIGNIFICANCE
                || evidence.serving()
                        .map(paired -> paired.worse() < SIGNIFICANCE)
                        .orElse(false)
                || evidence.best().map(paired -> paired.worse() < SIGNIFICANCE).orElse(false);
    }
}
