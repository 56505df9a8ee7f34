package dev.inkstream.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final String TOPIC = "t.serving-weights";
    private static final String SCOPE = "cluster-1";
    private static final byte[] KEY = bytes("digits");
    private static final byte[] VALUE = {1, 2, 3};

    private final Signer signer = new Signer(SigningKey.parse(Pems.ofSeed(Pems.SEED_1)), SCOPE);
    private final Trust trust = Trust.of(List.of(signer.key().publicKey()), SCOPE);

    /// Computed with OpenSSL, of a message that a script put together from the document.
    @Test
    void theSignatureOfARecordIsPinned() {
        assertThat(HexFormat.of().formatHex(SignedMessage.of(SCOPE, TOPIC, decision("7"), KEY, VALUE)))
                .isEqualTo("00000016" + "696e6b73747265616d2e7369676e61747572652e7631"
                        + "00000009" + "636c75737465722d31"
                        + "00000011" + "742e73657276696e672d77656967687473"
                        + "00000006" + "646967697473"
                        + "00000001" + "37"
                        + "00000020" + "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        assertThat(signature(signed("7", KEY, VALUE)))
                .isEqualTo("e606200718c026024a1ed39017b97dec9edf04bd7b2be63aec0e99504a4654d9"
                        + "7456bbcf0cace0ad3f0a8f0bad884374e02c7877e1fe8f3da5fa4fbf40a3d300");
        assertThat(signature(signed(null, bytes("digits@shadow"), null)))
                .isEqualTo("22af024899885f7651c5f80ed4aca22014aef960b5dfae0ea0c2825864ed5747"
                        + "6f4e221ae153e4a5ed4360871c76478bff1b177676f6eb8fa3460be6b2622909");
    }

    @Test
    void acceptsWhatATrustedKeySigned() {
        trust.check(TOPIC, signed("7", KEY, VALUE), KEY, VALUE);
        trust.check(TOPIC, signed(null, KEY, null), KEY, null);
        Headers more = signed("7", KEY, VALUE).add("trace", VALUE);
        trust.check(TOPIC, more, KEY, VALUE);
        assertThat(trust.isRequired()).isTrue();
    }

    @Test
    void signingAgainReplacesTheSignature() {
        Headers headers = signed("7", KEY, VALUE);
        new Signer(Pems.signing(2), SCOPE).sign(TOPIC, headers, KEY, VALUE);
        Trust.of(List.of(Pems.signing(2).publicKey()), SCOPE).check(TOPIC, headers, KEY, VALUE);
        assertThat(headers.headers(Signer.SIGNATURE)).hasSize(1);
        assertThat(headers.headers(Signer.KEY_ID)).hasSize(1);
    }

    @Test
    void refusesARecordOfWhichAnyPartIsAnother() {
        Headers headers = signed("7", KEY, VALUE);
        String message =
                "signature by key 06e3fd8fda29bb60 is not of this record on t.serving-weights in scope cluster-1;"
                        + " the record was changed or copied from elsewhere";
        assertRefused(
                RejectReason.BAD_SIGNATURE, message, () -> trust.check(TOPIC, headers, KEY, new byte[] {1, 2, 4}));
        assertRefused(RejectReason.BAD_SIGNATURE, message, () -> trust.check(TOPIC, headers, KEY, new byte[0]));
        assertRefused(RejectReason.BAD_SIGNATURE, message, () -> trust.check(TOPIC, headers, KEY, null));
        assertRefused(
                RejectReason.BAD_SIGNATURE, message, () -> trust.check(TOPIC, headers, bytes("digits@shadow"), VALUE));
        assertRefused(RejectReason.BAD_SIGNATURE, message, () -> trust.check(TOPIC, headers, null, VALUE));
        assertBad(with(headers, Signer.DECISION, bytes("8")));
        assertBad(with(headers, Signer.DECISION, null));
        assertBad(headers("7")
                .remove(Signer.DECISION)
                .add(Signer.KEY_ID, id(headers))
                .add(Signer.SIGNATURE, VALUE));
        byte[] signature = headers.lastHeader(Signer.SIGNATURE).value().clone();
        signature[10] ^= 1;
        assertBad(with(headers, Signer.SIGNATURE, signature));
        assertBad(with(headers, Signer.SIGNATURE, new byte[64]));
        assertBad(with(headers, Signer.SIGNATURE, new byte[0]));
    }

    /// The same bytes on another topic, with another prefix, or on another cluster.
    @Test
    void refusesARecordThatWasCopiedFromElsewhere() {
        Headers headers = signed("7", KEY, VALUE);
        for (String topic : List.of("t.weight-snapshots", "test.serving-weights", "serving-weights")) {
            assertRefused(RejectReason.BAD_SIGNATURE, topic, () -> trust.check(topic, headers, KEY, VALUE));
        }
        Trust elsewhere = Trust.of(trust.keys(), "cluster-2");
        assertRefused(RejectReason.BAD_SIGNATURE, "cluster-2", () -> elsewhere.check(TOPIC, headers, KEY, VALUE));
    }

    /// Two records that differ only in where one part ends have other bytes.
    @Test
    void partsCannotBeMovedIntoEachOther() {
        Headers headers = signed(null, bytes("digits"), VALUE);
        assertRefused(RejectReason.BAD_SIGNATURE, "", () -> trust.check(TOPIC + "d", headers, bytes("igits"), VALUE));
        assertThat(SignedMessage.of("a", "bc", new RecordHeaders(), KEY, VALUE))
                .isNotEqualTo(SignedMessage.of("ab", "c", new RecordHeaders(), KEY, VALUE));
    }

    @Test
    void refusesARecordWithoutSignature() {
        assertRefused(
                RejectReason.UNSIGNED,
                "record has no signature; its writer must sign with a key that is trusted here (06e3fd8fda29bb60)",
                () -> trust.check(TOPIC, decision("7"), KEY, VALUE));
        assertRefused(
                RejectReason.UNSIGNED,
                "no signature",
                () -> trust.check(TOPIC, with(signed("7", KEY, VALUE), Signer.SIGNATURE, null), KEY, VALUE));
    }

    @Test
    void refusesAnotherKey() {
        SigningKey other = Pems.signing(2);
        Headers headers = decision("7");
        new Signer(other, SCOPE).sign(TOPIC, headers, KEY, VALUE);
        assertRefused(
                RejectReason.UNTRUSTED_KEY,
                "record is signed with key %s, which is not trusted here (06e3fd8fda29bb60);"
                                .formatted(other.publicKey().id())
                        + " if its writer has a new key, trust that too",
                () -> trust.check(TOPIC, headers, KEY, VALUE));
        assertRefused(
                RejectReason.UNTRUSTED_KEY,
                "record is signed with key without an id, which",
                () -> trust.check(TOPIC, with(headers, Signer.KEY_ID, bytes("\u001b[2Jgarbage!")), KEY, VALUE));
        // Another key under the id of a trusted one.
        assertBad(with(headers, Signer.KEY_ID, bytes("06e3fd8fda29bb60")));
    }

    @Test
    void trustsTwoKeysDuringARotation() {
        SigningKey next = Pems.signing(2);
        Trust both = Trust.of(List.of(signer.key().publicKey(), next.publicKey()), SCOPE);
        Headers headers = decision("8");
        new Signer(next, SCOPE).sign(TOPIC, headers, KEY, VALUE);
        both.check(TOPIC, headers, KEY, VALUE);
        both.check(TOPIC, signed("7", KEY, VALUE), KEY, VALUE);
    }

    @Test
    void withoutKeysAnyRecordIsAccepted() {
        assertThat(Trust.of(List.of(), SCOPE)).isEqualTo(Trust.ANYONE);
        assertThat(Trust.ANYONE.isRequired()).isFalse();
        Trust.ANYONE.check(TOPIC, new RecordHeaders(), KEY, VALUE);
    }

    @Test
    void recordsOfOtherModelsNeedNoSignature() {
        Trust ours = trust.only(Set.of("digits", "digits@shadow"));
        ours.check(TOPIC, new RecordHeaders(), bytes("letters"), VALUE);
        ours.check(TOPIC, new RecordHeaders(), null, VALUE);
        for (String key : ours.onlyKeys()) {
            assertRefused(
                    RejectReason.UNSIGNED,
                    "no signature",
                    () -> ours.check(TOPIC, new RecordHeaders(), bytes(key), VALUE));
        }
    }

    @Test
    void thereAreFewKeys() {
        List<TrustedKey> many = Collections.nCopies(17, signer.key().publicKey());
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Trust.of(many, SCOPE))
                .withMessage("trusted keys is 17; it must be at most 16");
    }

    private void assertBad(Headers headers) {
        assertRefused(
                RejectReason.BAD_SIGNATURE, "is not of this record", () -> trust.check(TOPIC, headers, KEY, VALUE));
    }

    private static void assertRefused(RejectReason reason, String message, Runnable check) {
        assertThatExceptionOfType(InvalidRecordException.class)
                .isThrownBy(check::run)
                .withMessageContaining(message)
                .matches(e -> e.reason() == reason, "is " + reason);
    }

    private Headers signed(@Nullable String decision, byte[] key, byte @Nullable [] value) {
        Headers headers = decision == null ? new RecordHeaders() : decision(decision);
        signer.sign(TOPIC, headers, key, value);
        return headers;
    }

    private static Headers decision(String number) {
        return headers(number);
    }

    private static Headers headers(String number) {
        return new RecordHeaders().add(Signer.DECISION, bytes(number));
    }

    private static Headers with(Headers headers, String name, byte @Nullable [] value) {
        return new RecordHeaders(headers).add(name, value);
    }

    private static byte[] id(Headers headers) {
        return headers.lastHeader(Signer.KEY_ID).value();
    }

    private static String signature(Headers headers) {
        return HexFormat.of().formatHex(headers.lastHeader(Signer.SIGNATURE).value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
