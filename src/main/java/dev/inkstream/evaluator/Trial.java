package dev.inkstream.evaluator;

import dev.inkstream.live.PairedOutcome;
import dev.inkstream.record.LiveEvidence;

/// How the shadow has done beside the serving version. Immutable.
///
/// @param kind why the shadow runs
/// @param labels labeled images that both classified
/// @param wins images that only the shadow classified correctly
/// @param losses images that only the serving version classified correctly
record Trial(Kind kind, long labels, long wins, long losses) {
    enum Kind {
        /// A candidate: it serves if it is better.
        CHALLENGE,
        /// The version that was replaced: it is restored if it is better.
        WATCH
    }

    static Trial begin(Kind kind) {
        return new Trial(kind, 0, 0, 0);
    }

    Trial plus(PairedOutcome more) {
        return new Trial(kind, labels + 1, wins + (more.isWin() ? 1 : 0), losses + (more.isLoss() ? 1 : 0));
    }

    LiveEvidence evidence(long shadow, long serving) {
        return new LiveEvidence(
                shadow,
                serving,
                labels,
                wins,
                losses,
                BettingTest.evidence(wins, losses),
                BettingTest.evidence(losses, wins));
    }
}
