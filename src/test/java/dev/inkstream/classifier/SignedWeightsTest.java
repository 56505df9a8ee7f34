package dev.inkstream.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.signature.Pems;
import dev.inkstream.signature.Signer;
import dev.inkstream.signature.SigningKey;
import dev.inkstream.signature.Trust;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.KnownDecision;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Signatures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A classifier that trusts a key.
class SignedWeightsTest {
    private static final String TOPIC = Samples.TOPICS.servingWeights().name();
    private static final String KEY = Samples.MODEL;
    private static final String SHADOW = "digits@shadow";
    private static final SigningKey OURS = Pems.signing(1);
    private static final SigningKey NEXT = Pems.signing(2);
    private static final Signer SIGNER = new Signer(OURS, "cluster");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ServingModel serving = new ServingModel();
    private Pipeline pipeline = classifier();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private Pipeline classifier() {
        Trust trust = Trust.of(List.of(OURS.publicKey(), NEXT.publicKey()), "cluster");
        ClassifierSettings settings = new ClassifierSettings(Samples.TOPICS, Samples.MODEL, Samples.FORMAT)
                .with(new Signatures(Optional.empty(), Trust.ANYONE, trust));
        return new Pipeline(new ClassifierTopology(settings, Samples.REGISTRY, serving, meters).get());
    }

    private void restartKnowing(KnownDecision known) {
        pipeline.close();
        serving = new ServingModel(known);
        pipeline = classifier();
    }

    @Test
    void servesWhatATrustedKeySigned() {
        pipe(SIGNER, KEY, Samples.snapshot(3), 1);
        assertServes(3);
        pipe(new Signer(NEXT, "cluster"), KEY, Samples.snapshot(4), 2);
        assertServes(4);
        // A roll-back is a newer decision.
        pipe(SIGNER, KEY, Samples.snapshot(3), 3);
        assertServes(3);
        assertThat(refused()).isZero();
    }

    @Test
    void refusesCountsAndReportsTheRestWhileTheOldVersionServes() {
        pipe(SIGNER, KEY, Samples.snapshot(3), 7);
        Logger logger = (Logger) LoggerFactory.getLogger(LoadWeightsProcessor.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            pipeline.pipe(TOPIC, Samples.text(KEY), Samples.bytes(Samples.snapshot(4)), DecisionHeader.of(8));
            assertRefused("UNSIGNED", 1);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly(
                            "refused the record at t.serving-weights-0@1 (UNSIGNED): record has no signature; its"
                                    + " writer must sign with a key that is trusted here (%s or %s); %s still serves"
                                            .formatted(
                                                    OURS.publicKey().id(),
                                                    NEXT.publicKey().id(),
                                                    Samples.snapshot(3).id()));
        } finally {
            logger.detachAppender(log);
        }
        pipe(new Signer(Pems.signing(9), "cluster"), KEY, Samples.snapshot(4), 8);
        assertRefused("UNTRUSTED_KEY", 1);
        pipe(new Signer(OURS, "other-cluster"), KEY, Samples.snapshot(4), 8);
        assertRefused("BAD_SIGNATURE", 1);
        byte[] bytes = Samples.bytes(Samples.snapshot(4));
        Headers ofSnapshots = DecisionHeader.of(8);
        SIGNER.sign(Samples.TOPICS.weightSnapshots().name(), ofSnapshots, Samples.text(KEY), bytes);
        pipeline.pipe(TOPIC, Samples.text(KEY), bytes, ofSnapshots);
        assertRefused("BAD_SIGNATURE", 2);
        pipe(SIGNER, KEY, Samples.snapshot(4), 8);
        assertServes(4);
    }

    /// What would fail to decode is refused for its signature: nobody else's bytes are decoded.
    @Test
    void theSignatureIsCheckedBeforeTheBytesAreDecoded() {
        pipeline.pipe(TOPIC, Samples.text(KEY), new byte[] {1, 2, 3}, DecisionHeader.of(8));
        assertThat(count("UNSIGNED")).isEqualTo(1);
        assertThat(count("UNDECODABLE")).isZero();
        Headers headers = DecisionHeader.of(9);
        SIGNER.sign(TOPIC, headers, Samples.text(KEY), new byte[] {1, 2, 3});
        pipeline.pipe(TOPIC, Samples.text(KEY), new byte[] {1, 2, 3}, headers);
        assertThat(count("UNDECODABLE")).isEqualTo(1);
    }

    @Test
    void anOldRecordWithItsSignatureDoesNotComeBack() {
        pipe(SIGNER, KEY, Samples.snapshot(3), 1);
        pipe(SIGNER, KEY, Samples.snapshot(9), 2);
        pipe(SIGNER, KEY, Samples.snapshot(4), 3);
        pipe(SIGNER, KEY, Samples.snapshot(3), 1);
        assertServes(4);
        // Nor one with a higher version.
        pipe(SIGNER, KEY, Samples.snapshot(9), 2);
        assertServes(4);
        assertThat(count("BACKWARDS")).isEqualTo(2);
        // The record of what serves, again, changes nothing.
        pipe(SIGNER, KEY, Samples.snapshot(4), 3);
        assertServes(4);
        assertThat(count("BACKWARDS")).isEqualTo(2);
    }

    @Test
    void aSignedVersionWithoutADecisionIsRefused() {
        byte[] bytes = Samples.bytes(Samples.snapshot(3));
        Headers headers = new RecordHeaders();
        SIGNER.sign(TOPIC, headers, Samples.text(KEY), bytes);
        pipeline.pipe(TOPIC, Samples.text(KEY), bytes, headers);
        assertThat(serving.current()).isEmpty();
        assertThat(count("BACKWARDS")).isEqualTo(1);
    }

    @Test
    void theShadowIsSignedTooAndSoIsItsEnd() {
        pipe(SIGNER, KEY, Samples.snapshot(3), 1);
        pipe(SIGNER, SHADOW, Samples.snapshot(4), 2);
        assertShadow(4);
        pipeline.pipe(TOPIC, Samples.text(SHADOW), null);
        assertShadow(4);
        assertThat(count("UNSIGNED")).isEqualTo(1);
        pipeline.pipe(TOPIC, Samples.text(SHADOW), Samples.bytes(Samples.snapshot(5)), DecisionHeader.of(3));
        assertShadow(4);
        pipe(SIGNER, SHADOW, null, 5);
        assertShadow(-1);
        pipe(SIGNER, SHADOW, Samples.snapshot(4), 2);
        assertShadow(-1);
        assertThat(count("BACKWARDS")).isEqualTo(1);
    }

    /// Compaction has left only the old record that somebody wrote again.
    @Test
    void aClassifierThatStartsKnowsTheNewestDecision() {
        ModelVersion decided = Samples.snapshot(9).id();
        restartKnowing(new KnownDecision(20, Optional.of(decided), OptionalLong.of(10)));
        pipe(SIGNER, KEY, Samples.snapshot(3), 7);
        pipe(SIGNER, SHADOW, Samples.snapshot(8), 7);
        assertThat(serving.current()).isEmpty();
        assertShadow(-1);
        // Decisions that changed nothing came after it.
        pipe(SIGNER, KEY, Samples.snapshot(9), 12);
        assertServes(9);
        pipe(SIGNER, SHADOW, Samples.snapshot(10), 15);
        assertShadow(10);
        pipe(SIGNER, KEY, Samples.snapshot(3), 21);
        assertServes(3);
        assertThat(refused()).isZero();
    }

    @Test
    void anotherModelsRecordsAreNeitherCheckedNorCounted() {
        WeightSnapshot other = Samples.snapshot("other", 9, Samples.CONFIG);
        pipeline.pipe(TOPIC, Samples.text("other"), Samples.bytes(other));
        assertThat(serving.current()).isEmpty();
        assertThat(refused()).isZero();
    }

    private void pipe(Signer signer, String key, @Nullable WeightSnapshot snapshot, long decision) {
        Headers headers = DecisionHeader.of(decision);
        byte[] value = snapshot == null ? null : Samples.bytes(snapshot);
        signer.sign(TOPIC, headers, Samples.text(key), value);
        pipeline.pipe(TOPIC, Samples.text(key), value, headers);
    }

    private void assertServes(long version) {
        assertThat(serving.current().orElseThrow().id().version()).isEqualTo(version);
    }

    private void assertShadow(long version) {
        ServingModel.Loaded shadow = serving.pair().shadow();
        assertThat(shadow == null ? -1 : shadow.id().version()).isEqualTo(version);
    }

    private void assertRefused(String reason, int times) {
        assertServes(3);
        assertThat(count(reason)).as(reason).isEqualTo(times);
    }

    private double count(String reason) {
        return meters.get("inkstream.snapshots.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double refused() {
        return meters.get("inkstream.snapshots.refused").counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }
}
