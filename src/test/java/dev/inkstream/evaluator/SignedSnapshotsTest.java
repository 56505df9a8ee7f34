package dev.inkstream.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.signature.Pems;
import dev.inkstream.signature.Signer;
import dev.inkstream.signature.SigningKey;
import dev.inkstream.signature.Trust;
import dev.inkstream.stream.DecisionHeader;
import dev.inkstream.stream.Pipeline;
import dev.inkstream.stream.RememberedRecords;
import dev.inkstream.stream.Samples;
import dev.inkstream.stream.Signatures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An evaluator that trusts a trainer and signs what it decides.
class SignedSnapshotsTest {
    private static final String SNAPSHOTS = Samples.TOPICS.weightSnapshots().name();
    private static final String SERVING = Samples.TOPICS.servingWeights().name();
    private static final String DECISIONS = Samples.TOPICS.modelDecisions().name();
    private static final String DEAD = Samples.TOPICS.deadLetters().name();
    private static final byte[] KEY = Samples.text(Samples.MODEL);
    private static final SigningKey OURS = Pems.signing(5);
    private static final Signer TRAINER = new Signer(Pems.signing(1), "cluster");
    private static final Trust OF_US = Trust.of(List.of(OURS.publicKey()), "cluster");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RememberedRecords log = new RememberedRecords(SNAPSHOTS);
    private final RememberedRecords ledger = new RememberedRecords(DECISIONS);
    private final RememberedRecords served = new RememberedRecords(SERVING);
    private Pipeline pipeline = evaluator();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private Pipeline evaluator() {
        Signatures signatures = new Signatures(
                Optional.of(new Signer(OURS, "cluster")),
                Trust.of(List.of(TRAINER.key().publicKey()), "cluster"),
                OF_US);
        EvaluatorSettings settings = new EvaluatorSettings(
                        Samples.TOPICS, Samples.MODEL, Samples.FORMAT, DecisionRules.of(PromotionPolicy.ALWAYS))
                .with(signatures);
        return new Pipeline(
                new EvaluatorTopology(settings, Samples.REGISTRY, new PastRecords.OfModel(log, ledger, served), meters)
                        .get());
    }

    @Test
    void whatItDecidesIsSignedToTheLastByte() {
        publish(TRAINER, Samples.snapshot(1));
        publish(TRAINER, Samples.snapshot(2));
        List<TestRecord<byte[], byte[]>> serving = pipeline.raw(SERVING);
        assertThat(serving).hasSize(2);
        for (int i = 0; i < 2; i++) {
            TestRecord<byte[], byte[]> record = serving.get(i);
            OF_US.check(SERVING, record.headers(), record.key(), record.value());
            assertThat(DecisionHeader.number(record.headers())).hasValue(i);
            assertThat(record.value()).isEqualTo(Samples.bytes(Samples.snapshot(i + 1)));
            assertThat(text(record, Signer.KEY_ID))
                    .isEqualTo(OURS.publicKey().id().hex());
        }
        List<TestRecord<byte[], byte[]>> decided = pipeline.raw(DECISIONS);
        assertThat(decided).hasSize(2);
        decided.forEach(record -> OF_US.check(DECISIONS, record.headers(), record.key(), record.value()));
        assertThat(pipeline.raw(DEAD)).isEmpty();
    }

    @Test
    void whatATrustedTrainerDidNotSignIsADeadLetter() {
        publish(TRAINER, Samples.snapshot(1));
        pipeline.raw(SERVING);
        byte[] forged = Samples.bytes(Samples.snapshot(2));
        pipeline.pipe(SNAPSHOTS, KEY, forged);
        publish(new Signer(Pems.signing(2), "cluster"), Samples.snapshot(2));
        Headers elsewhere = new RecordHeaders();
        TRAINER.sign(SERVING, elsewhere, KEY, forged);
        pipeline.pipe(SNAPSHOTS, KEY, forged, elsewhere);
        pipeline.pipe(SNAPSHOTS, KEY, new byte[] {1, 2, 3});
        assertThat(pipeline.raw(SERVING)).isEmpty();
        List<TestRecord<byte[], byte[]>> dead = pipeline.raw(DEAD);
        assertThat(dead)
                .extracting(letter -> text(letter, "inkstream.reason"))
                .containsExactly("UNSIGNED", "UNTRUSTED_KEY", "BAD_SIGNATURE", "UNSIGNED");
        assertThat(dead.getFirst().value()).isEqualTo(forged);
        for (String reason : List.of("UNTRUSTED_KEY", "BAD_SIGNATURE")) {
            assertThat(meters.get("inkstream.dead.letters")
                            .tags("topic", SNAPSHOTS, "reason", reason)
                            .counter()
                            .count())
                    .as(reason)
                    .isEqualTo(1);
        }
        publish(TRAINER, Samples.snapshot(2));
        assertThat(pipeline.raw(SERVING)).hasSize(1);
    }

    /// Without signatures, the policy `always` lets a model start again under its name.
    @Test
    void anOldSnapshotWithItsSignatureDoesNotServeAgain() {
        publish(TRAINER, Samples.snapshot(1));
        publish(TRAINER, Samples.snapshot(2));
        pipeline.raw(SERVING);
        publish(TRAINER, Samples.snapshot(1));
        assertThat(pipeline.raw(SERVING)).isEmpty();
        assertThat(decisions().getLast())
                .matches(decision -> decision.kind() == Kind.REFUSED)
                .matches(decision -> decision.origin().reason().equals("v2 was published before it"));
    }

    @Test
    void aCommandCannotPromoteARecordThatWasForgedInPlace() {
        publish(TRAINER, Samples.snapshot(1));
        publish(TRAINER, Samples.snapshot(2));
        promote(1);
        assertThat(decisions().getLast().kind()).isEqualTo(Kind.PROMOTED);
        log.put(1, Samples.bytes(Samples.snapshot(2)));
        promote(2);
        assertThat(decisions().getLast())
                .matches(decision -> decision.kind() == Kind.DECLINED)
                .matches(decision -> decision.origin().reason().equals("weight-snapshots has no v2 of the model"));
    }

    /// An evaluator whose state is gone continues after the last decision that it signed.
    @Test
    void onlySignedDecisionsInTheirOrderMakeTheState() {
        publish(TRAINER, Samples.snapshot(1));
        publish(TRAINER, Samples.snapshot(2));
        List<TestRecord<byte[], byte[]>> decided = pipeline.raw(DECISIONS);
        decided.forEach(record -> ledger.put(ledger.size(), record.value(), record.headers()));
        // The first one again, and the second one changed.
        ledger.put(2, decided.getFirst().value(), decided.getFirst().headers());
        byte[] forged = decided.getLast().value().clone();
        forged[forged.length - 1] ^= 1;
        ledger.put(3, forged, decided.getLast().headers());
        ledger.put(4, decided.getFirst().value());
        ledger.put(5, Samples.text("other"), numbered(1_000_000), new RecordHeaders());
        pipeline.close();
        pipeline = evaluator();
        publish(TRAINER, Samples.snapshot(3));
        assertThat(decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.number()).isEqualTo(2);
            assertThat(decision.replaced()).hasValue(2);
        });
    }

    /// The next decision of the model.
    private static byte[] numbered(long number) {
        ModelDecision decision = new ModelDecision(
                Samples.MODEL,
                number,
                Kind.FOLLOWED,
                Optional.empty(),
                OptionalLong.empty(),
                ModelDecision.Origin.policy("always", "forged"),
                new ModelDecision.Standing(OptionalLong.of(1), OptionalLong.empty(), ModelDecision.Mode.PINNED),
                ModelDecision.Evidence.NONE,
                Pipeline.NOW);
        return Samples.SERDES.modelDecision().serializer().serialize(DECISIONS, decision);
    }

    @Test
    void anotherModelsVersionsNeedNoSignature() {
        WeightSnapshot other = Samples.snapshot("other", 1, Samples.CONFIG);
        pipeline.pipe(SNAPSHOTS, Samples.text("other"), Samples.bytes(other));
        assertThat(pipeline.raw(SERVING)).isEmpty();
        assertThat(pipeline.raw(DEAD)).isEmpty();
    }

    private void publish(Signer signer, WeightSnapshot snapshot) {
        byte[] value = Samples.bytes(snapshot);
        Headers headers = new RecordHeaders();
        signer.sign(SNAPSHOTS, headers, KEY, value);
        long offset = log.size();
        log.put(offset, value, headers);
        pipeline.pipe(SNAPSHOTS, KEY, value, headers);
    }

    private void promote(long version) {
        ModelCommand command =
                new ModelCommand("c" + version, Samples.MODEL, new Request.Promote(version), "me", "", Pipeline.NOW);
        String topic = Samples.TOPICS.modelCommands().name();
        pipeline.pipe(topic, KEY, Samples.SERDES.modelCommand().serializer().serialize(topic, command));
    }

    private List<ModelDecision> decisions() {
        return pipeline.values(DECISIONS, Samples.SERDES.modelDecision().deserializer());
    }

    private static String text(TestRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
