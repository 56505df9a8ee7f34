package dev.inkstream.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.app.verify.Finding.Kind;
import dev.inkstream.network.Activation;
import dev.inkstream.network.Architecture;
import dev.inkstream.network.Initialization;
import dev.inkstream.network.NetworkShape;
import dev.inkstream.network.Optimizer;
import dev.inkstream.network.TrainingConfig;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Provenance;
import dev.inkstream.record.Sha256;
import dev.inkstream.record.TrainingProgress;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.record.Weights;
import dev.inkstream.stream.Samples;
import dev.inkstream.trainer.Beginning;
import dev.inkstream.trainer.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelVerificationTest {
    private static final FakeExampleLog LOG = FakeExampleLog.of(80);
    private static final String OTHER_DIGEST = Sha256.of(new byte[] {1}).toString();

    private static final Weights INITIAL = new Weights(Samples.snapshot(5).parameters());

    private final Findings findings = new Findings(finding -> {});

    @Test
    void everyVersionOfAnIntactLogIsVerified() {
        assertThat(verify(LOG, claims(LOG, 0))).isEqualTo(60);

        assertThat(findings.kept()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(6);
    }

    /// A trainer that was started after its topic, or after an offset reset, saw a part of the log.
    @Test
    void aModelMayBeginLaterThanTheLog() {
        verify(LOG, claims(LOG, 7));

        assertThat(findings.kept()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(5);
    }

    /// With weights of about 1e38, the sum over a white image is not finite. Before the first version, a trainer that
    /// skips left out the image at offset 2.
    @Test
    void whatATrainerSkippedIsLeftOutHereToo() {
        Training.Settings settings = new Training.Settings(
                Samples.MODEL,
                new TrainingConfig(
                        new Architecture(NetworkShape.of(6, 4), Activation.RELU, Activation.SOFTMAX),
                        Initialization.HE,
                        new Optimizer.Sgd(2e38f),
                        2,
                        0),
                1,
                2);
        FakeExampleLog log = FakeExampleLog.ofPixels(0, 0xff, 0xff, 0, 0, 0xff, 0, 0xff, 0, 0, 0, 0, 0);
        List<Claim> claims = new ArrayList<>();
        for (WeightSnapshot snapshot : log.published(settings, 0)) {
            claims.add(Claim.of(claims.size(), snapshot));
        }
        assertThat(claims).extracting(Claim::lastOffset).containsExactly(-1L, 4L, 10L);

        verify(log, claims);

        assertThat(findings.kept()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(3);
    }

    @Test
    void aModelThatBeganWhereRetentionIsNowIsVerified() {
        FakeExampleLog left = LOG.from(7);
        verify(left, claims(left, 7));

        assertThat(findings.kept()).isEmpty();
    }

    @Test
    void saysTheFirstDifferenceInFull() {
        List<Claim> claims = claims(LOG, 0);
        FakeExampleLog changed = LOG.without(20);

        verify(changed, claims);

        Finding first = findings.kept().getFirst();
        assertThat(findings.kept()).hasSize(1);
        assertThat(first.sentence())
                .isEqualTo("digits v2 differs: offsets 15 to 29 of labeled-images, after the version before, give"
                        + " other weights");
        assertThat(first.difference()).isNotNull();
        assertThat(first.difference().published()).isEqualTo(claims.get(2).id().weights());
        assertThat(first.difference().computed())
                .isNotEqualTo(claims.get(2).id().weights());
        assertThat(findings.differentVersions()).isEqualTo(4);
        assertThat(findings.verifiedVersions()).isEqualTo(2);
    }

    @Test
    void anotherVersionOfTheSameNumberIsFoundAndDisturbsNoOther() {
        List<Claim> claims = claims(LOG, 0);
        Claim third = claims.get(3);
        claims.add(
                claims.size(), with(third, new ModelVersion("digits", 3, Sha256.of(new byte[] {1})), third.progress()));

        verify(LOG, claims);

        assertThat(findings.kept())
                .singleElement()
                .satisfies(finding -> assertThat(ModelReport.lines(finding))
                        .containsExactly(
                                "digits v3 differs: offsets 30 to 44 of labeled-images, after the version before, give"
                                        + " other weights",
                                "  published  SHA-256 " + OTHER_DIGEST,
                                "  computed   SHA-256 " + third.id().weights()));
        assertThat(findings.verifiedVersions()).isEqualTo(6);
    }

    @Test
    void aVersionThatSaysSomethingElseOfItselfDiffers() {
        List<Claim> claims = claims(LOG, 0);
        claims.replaceAll(claim -> claim.version() == 2 ? with(claim, claim.id(), moreExamples(claim)) : claim);

        verify(LOG, claims);

        assertThat(sentences())
                .containsExactly("digits v2 differs: its weights are those of offset 29 of labeled-images, but examples"
                        + " is 25; it must be 24");
    }

    @Test
    void aVersionOfAnotherParentOrBeginningDiffers() {
        List<Claim> claims = claims(LOG, 7);
        assertThat(claims.get(2).provenance().parent())
                .contains(claims.get(1).id().weights());
        Sha256 other = Sha256.of(new byte[] {1});
        Provenance wrongParent = Provenance.trained(OptionalLong.of(7), Optional.of(other));
        Provenance wrongBeginning = Provenance.trained(OptionalLong.of(8), Optional.empty());
        claims.set(2, with(claims.get(2), wrongParent));
        claims.set(3, with(claims.get(3), wrongBeginning));

        verify(LOG, claims);

        assertThat(sentences())
                .containsExactly(
                        "digits v2 differs: its weights are those of offset 36 of labeled-images, but parent is"
                                + " " + other + "; it must be "
                                + claims.get(1).id().weights());
        assertThat(findings.differentVersions()).isEqualTo(2);
    }

    /// Those of earlier builds say how many examples they had seen, which is enough.
    @Test
    void versionsThatDoNotSayWhereTheyBeganAreVerified() {
        for (int begin : new int[] {0, 7}) {
            List<Claim> claims = claims(LOG, begin);
            claims.replaceAll(claim -> with(claim, Provenance.unknown()));
            verify(LOG, claims);
        }

        assertThat(findings.kept()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(11);
    }

    @Test
    void whatRetentionRemovedCannotBeVerifiedButForTheInitialWeights() {
        verify(LOG.from(3), claims(LOG, 0));

        assertThat(sentences())
                .containsExactly("versions 1 to 5 of digits cannot be verified: they were trained on records before"
                        + " offset 3 of labeled-images, which retention has removed");
        assertThat(findings.verifiedVersions()).isEqualTo(1);
        assertThat(findings.isClean()).isFalse();
    }

    @Test
    void aLogThatEndsTooEarlyIsNamed() {
        verify(LOG.before(40), claims(LOG, 0));

        assertThat(sentences())
                .containsExactly("versions 3 to 5 of digits cannot be verified: labeled-images ends with offset 39,"
                        + " before the last example");
        assertThat(findings.verifiedVersions()).isEqualTo(3);
    }

    @Test
    void aTrainingThatThisBuildDoesNotKnowIsNamed() {
        List<Claim> claims = claims(LOG, 0);
        claims.replaceAll(claim ->
                new Claim(claim.at(), claim.id(), claim.layers(), claim.progress(), "seed=1 x=2", claim.provenance()));

        verify(LOG, claims);

        assertThat(sentences())
                .containsExactly("versions 0 to 5 of digits cannot be verified: training has no setting shape; it must"
                        + " have one");
    }

    /// A trainer that continues from weights of elsewhere publishes them as its version 0.
    @Test
    void aRunThatBeganWithGivenWeightsIsVerified() {
        Training.Settings settings = Samples.TRAINING.with(Beginning.from(INITIAL));
        List<Claim> claims = claims(LOG, settings);
        assertThat(claims.getFirst().id().weights()).isEqualTo(INITIAL.sha256());
        assertThat(claims.getFirst().training()).startsWith("seed=1 initial=" + INITIAL.sha256() + " shape=");

        verify(LOG, claims);
        claims.removeFirst();
        verify(LOG, claims);

        assertThat(findings.verifiedVersions()).isEqualTo(6);
        assertThat(sentences())
                .containsExactly(
                        "versions 1 to 5 of digits cannot be verified: the weights that training began with are"
                                + " on no topic");
    }

    @Test
    void aRebuiltVersionIsVerifiedWithTheRecordsThatItLeavesOut() {
        FakeExampleLog rest = LOG.without(20).without(40);
        Exclusions exclusions = new Exclusions(Set.of("image-20"), Map.of(40L, "image-40"));
        LOG.read(0, LOG.end(), exclusions::excludes);
        Training.Settings settings = Samples.TRAINING.with(Beginning.OF_SEED.without(exclusions.met(0, LOG.end())));
        List<Claim> claims = claims(rest, settings);

        verify(LOG, claims);
        assertThat(sentences())
                .containsExactly("versions 0 to 5 of digits cannot be verified: it was trained without 2 records"
                        + " before its end; name all that were left out with --without or --from-file");
        verification(LOG, Optional.of(new Exclusions(Set.of("image-20", "image-40"), Map.of())))
                .verify(new ModelRun(claims), claim -> true);
        assertThat(findings.verifiedVersions()).isEqualTo(6);
        assertThat(sentences()).hasSize(1);
        verification(LOG, Optional.of(new Exclusions(Set.of("image-20"), Map.of())))
                .verify(new ModelRun(claims), claim -> true);
        assertThat(sentences().getLast())
                .isEqualTo(
                        "versions 0 to 5 of digits cannot be verified: the records that were named are others than it"
                                + " was trained without");
    }

    /// A version rebuilt without the first image begins after it, so it does not say that it leaves it out.
    @Test
    void anExclusionBeforeTheFirstOffsetMakesNoDifference() {
        Exclusions exclusions = new Exclusions(Set.of("image-0", "image-20"), Map.of());
        LOG.read(0, LOG.end(), exclusions::excludes);
        Training.Settings settings = Samples.TRAINING.with(Beginning.OF_SEED.without(exclusions.met(1, LOG.end())));
        List<Claim> claims = claims(LOG.without(0).without(20), settings);
        assertThat(claims.getLast().provenance().firstOffset()).hasValue(1);
        assertThat(claims.getLast().training()).contains(" without=1:");

        verification(LOG, Optional.of(new Exclusions(Set.of("image-0", "image-20"), Map.of())))
                .verify(new ModelRun(claims), claim -> true);
        assertThat(sentences()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(6);
    }

    @Test
    void oneVersionIsComparedAlone() {
        verification(LOG).verify(new ModelRun(claims(LOG, 7)), claim -> claim.version() == 4);

        assertThat(findings.kept()).isEmpty();
        assertThat(findings.verifiedVersions()).isEqualTo(1);
    }

    @Test
    void gapsAndRunsAreNamed() {
        List<Claim> claims = new ArrayList<>(claims(LOG, 0));
        claims.removeIf(claim -> List.of(0L, 3L, 4L).contains(claim.version()));
        claims.addAll(claims(LOG, 0));

        List<ModelRun> runs = ModelRun.of(claims);

        assertThat(runs).hasSize(2);
        runs.getFirst().findGaps("weight-snapshots", findings);
        runs.getLast().findGaps("weight-snapshots", findings);
        assertThat(sentences())
                .containsExactly(
                        "version 0 of digits cannot be verified: weight-snapshots has no record of it",
                        "versions 3 to 4 of digits cannot be verified: weight-snapshots has no record of them");
        assertThat(runs.getLast().startedAgain("weight-snapshots"))
                .isEqualTo(Finding.of(
                        Kind.STARTED_AGAIN,
                        0,
                        5,
                        "digits was started again at weight-snapshots@0, from initial weights"));
    }

    @Test
    void keepsTheFirstFindings() {
        for (int i = 0; i < 25; i++) {
            findings.add(Finding.of(Kind.MISSING, i, i, "gap " + i));
        }

        assertThat(findings.kept()).hasSize(Findings.LIMIT);
        assertThat(findings.leftOut()).isEqualTo(5);
        assertThat(new ModelReport("digits", 30, 1, 0.25).text(findings))
                .isEqualTo("verified 0 of 30 versions of digits (1 example) in 0.3 s; 5 findings left out");
    }

    private long verify(ExampleLog log, List<Claim> claims) {
        return verification(log).verify(new ModelRun(claims), claim -> true);
    }

    private ModelVerification verification(ExampleLog log) {
        return verification(log, Optional.empty());
    }

    private ModelVerification verification(ExampleLog log, Optional<Exclusions> exclusions) {
        return new ModelVerification(settings -> log, offset -> INITIAL, exclusions, findings);
    }

    private List<String> sentences() {
        return findings.kept().stream().map(Finding::sentence).toList();
    }

    private static List<Claim> claims(FakeExampleLog log, Training.Settings settings) {
        List<Claim> claims = new ArrayList<>();
        for (WeightSnapshot snapshot : log.published(settings, 0)) {
            claims.add(Claim.of(claims.size(), snapshot));
        }
        return claims;
    }

    private static List<Claim> claims(FakeExampleLog log, long begin) {
        List<Claim> claims = new ArrayList<>();
        for (WeightSnapshot snapshot : log.published(Samples.TRAINING, begin)) {
            claims.add(Claim.of(claims.size(), snapshot));
        }
        return claims;
    }

    private static Claim with(Claim claim, ModelVersion id, TrainingProgress progress) {
        return new Claim(claim.at(), id, claim.layers(), progress, claim.training(), claim.provenance());
    }

    private static Claim with(Claim claim, Provenance provenance) {
        return new Claim(claim.at(), claim.id(), claim.layers(), claim.progress(), claim.training(), provenance);
    }

    private static TrainingProgress moreExamples(Claim claim) {
        TrainingProgress its = claim.progress();
        return new TrainingProgress(its.examples() + 1, its.miniBatches(), its.lastOffset(), its.recent());
    }
}
