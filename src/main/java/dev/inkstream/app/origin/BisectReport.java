package dev.inkstream.app.origin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import dev.inkstream.app.origin.Fall.Scored;
import dev.inkstream.app.origin.OddRecords.Contradicted;
import dev.inkstream.app.origin.OddRecords.Stretch;
import dev.inkstream.record.HoldoutEvidence.Paired;
import dev.inkstream.record.ModelVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a bisection found, for people and for programs. Immutable.
///
/// @param toRebuild the first version that was trained on all records of the stretch; the worst one without a stretch
/// @param file where the records were written to, if anywhere
record BisectReport(
        String topic,
        Fall.Found fall,
        FallSearch.Narrowed narrowed,
        Optional<Stretch> stretch,
        ModelVersion toRebuild,
        @Nullable Path file) {

    String text() {
        Paired paired = fall.paired();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "fall",
                "from %s with %s to %s with %s of %s correct"
                        .formatted(
                                name(fall.best()),
                                Text.percent(fall.best().accuracy()),
                                name(fall.worst()),
                                Text.percent(fall.worst().accuracy()),
                                Text.count(fall.best().scorer().examples(), "holdout image")));
        line(
                text,
                "evidence",
                "%s won, %s lost, %s (exact McNemar test)"
                        .formatted(
                                Text.count(paired.wins()), Text.count(paired.losses()), Text.pValue(paired.worse())));
        line(
                text,
                "begins",
                "with offsets %d to %d of %s, after which %s are correct"
                        .formatted(
                                narrowed.firstOffset(),
                                narrowed.lastOffset(),
                                topic,
                                Text.percent((double) narrowed.scorer().correct()
                                        / narrowed.scorer().examples())));
        stretch.ifPresentOrElse(
                found -> records(text, found),
                () -> line(
                        text,
                        "records",
                        "no stretch has more labels that %s contradicts than another".formatted(name(fall.best()))));
        line(text, "or", "if the stream has changed, do not retrain: replace the holdout images");
        return text.toString();
    }

    private void records(StringBuilder text, Stretch found) {
        Contradicted first = found.first();
        Contradicted last = found.last();
        line(
                text,
                "records",
                "offsets %d to %d: of %s, %s have a label that %s contradicts"
                        .formatted(
                                first.offset(),
                                last.offset(),
                                Text.count(found.records()),
                                Text.count(found.contradicted().size()),
                                name(fall.best())));
        line(
                text,
                "times",
                "%s to %s".formatted(Instant.ofEpochMilli(first.timestamp()), Instant.ofEpochMilli(last.timestamp())));
        line(text, "images", "%s to %s".formatted(first.imageId(), last.imageId()));
        line(
                text,
                "next",
                file == null
                        ? "inkstream models bisect --ids-to FILE, to write them to a file"
                        : "inkstream models retrain %d --model %s --from-file %s"
                                .formatted(toRebuild.version(), toRebuild.model(), file));
    }

    private static String name(Scored version) {
        return "v" + version.id().version();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-9s ".formatted(name)).append(Text.printable(value)).append('\n');
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("model", fall.best().id().model()).put("fell", true);
        json.set("before", version(fall.best()));
        json.set("after", version(fall.worst()));
        json.put("won", fall.paired().wins())
                .put("lost", fall.paired().losses())
                .put("pValue", fall.paired().worse())
                .put("fallFirstOffset", narrowed.firstOffset())
                .put("fallLastOffset", narrowed.lastOffset());
        stretch.ifPresent(found -> json.set(
                "records",
                Json.object()
                        .put("firstOffset", found.first().offset())
                        .put("lastOffset", found.last().offset())
                        .put(
                                "firstTime",
                                Instant.ofEpochMilli(found.first().timestamp()).toString())
                        .put(
                                "lastTime",
                                Instant.ofEpochMilli(found.last().timestamp()).toString())
                        .put("firstImageId", found.first().imageId())
                        .put("lastImageId", found.last().imageId())
                        .put("records", found.records())
                        .put("contradicted", found.contradicted().size())
                        .put("rebuild", toRebuild.version())));
        return json;
    }

    private static ObjectNode version(Scored version) {
        return Json.object()
                .put("version", version.id().version())
                .put("correct", version.scorer().correct())
                .put("images", version.scorer().examples());
    }
}
