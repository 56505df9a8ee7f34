package dev.inkstream.app.origin;

import dev.inkstream.app.verify.Claim;
import dev.inkstream.app.verify.FakeExampleLog;
import dev.inkstream.app.verify.ModelRun;
import dev.inkstream.app.verify.RunStart;
import dev.inkstream.record.WeightSnapshot;
import dev.inkstream.stream.Samples;
import java.util.ArrayList;
import java.util.List;

/// A small model and its log: of 80 offsets 64 have examples, and versions 1 to 5 end at 14, 29, 44, 59 and 74.
final class SampleRun {
    static final FakeExampleLog LOG = FakeExampleLog.of(80);
    static final List<WeightSnapshot> VERSIONS = LOG.published(Samples.TRAINING, 0);

    private SampleRun() {}

    static VersionRun run() {
        List<Claim> claims = new ArrayList<>();
        VERSIONS.forEach(published -> claims.add(Claim.of(claims.size(), published)));
        ModelRun run = new ModelRun(claims);
        return new VersionRun(run, Samples.TRAINING, Samples.FORMAT, LOG, RunStart.of(run, Samples.TRAINING, LOG));
    }
}
