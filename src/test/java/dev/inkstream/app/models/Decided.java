package dev.inkstream.app.models;

import dev.inkstream.record.HoldoutEvidence;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.LiveEvidence;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.ModelDecision.Evidence;
import dev.inkstream.record.ModelDecision.Kind;
import dev.inkstream.record.ModelDecision.Mode;
import dev.inkstream.record.ModelDecision.Origin;
import dev.inkstream.record.ModelDecision.Standing;
import dev.inkstream.record.ModelDecision.Subject;
import dev.inkstream.record.ModelVersion;
import dev.inkstream.record.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Decisions for tests. Each is made one minute after the one before.
final class Decided {
    static final Instant START = Instant.parse("2026-11-26T09:00:00Z");
    static final HoldoutEvidence HOLDOUT =
            new HoldoutEvidence(10_000, 9_639, 0, Optional.of(new Paired(6, 9_667, 12, 40, 0.00006)), Optional.empty());
    static final LiveEvidence LIVE = new LiveEvidence(6, 7, 812, 30, 1, 2_345_678, 0.125);

    private Decided() {}

    /// By the policy `holdout`, about a version that serves after it.
    static ModelDecision promoted(long number, long version, OptionalLong replaced, Evidence evidence) {
        return new ModelDecision(
                "digits",
                number,
                Kind.PROMOTED,
                Optional.of(subject(version)),
                replaced,
                Origin.policy("holdout", "not worse than the serving version on the holdout images"),
                new Standing(OptionalLong.of(version), replaced, Mode.FOLLOWING),
                evidence,
                at(number));
    }

    /// By an operator.
    static ModelDecision asked(long number, Kind kind, long version, Origin origin, Standing after) {
        return new ModelDecision(
                "digits",
                number,
                kind,
                Optional.of(subject(version)),
                OptionalLong.empty(),
                origin,
                after,
                Evidence.NONE,
                at(number));
    }

    static Origin operator(String reason, String... alias) {
        return new Origin(
                "ann@host",
                Optional.of("id-1"),
                reason,
                Optional.of(alias).map(all -> all.length == 0 ? null : all[0]));
    }

    static Standing serves(long version, Mode mode) {
        return new Standing(OptionalLong.of(version), OptionalLong.empty(), mode);
    }

    static Evidence evidence() {
        return new Evidence(Optional.of(HOLDOUT), Optional.of(LIVE));
    }

    static Instant at(long number) {
        return START.plusSeconds(60 * number);
    }

    private static Subject subject(long version) {
        return new Subject(
                new ModelVersion("digits", version, Sha256.of(new byte[] {(byte) version})),
                OptionalLong.of(2 * version));
    }
}
