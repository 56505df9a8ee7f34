package dev.inkstream.app.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkstream.app.console.Json;
import dev.inkstream.app.console.Text;
import java.util.List;

/// The result of the verification of a model. Immutable.
///
/// @param versions how many were to be verified
/// @param examples how many were trained again
record ModelReport(String model, long versions, long examples, double seconds) {

    /// One line.
    String text(Findings findings) {
        String of = findings.isClean()
                ? Text.count(versions, "version")
                : "%s of %s".formatted(Text.count(findings.verifiedVersions()), Text.count(versions, "version"));
        String line = "verified %s of %s (%s) in %s s"
                .formatted(of, model, Text.count(examples, "example"), Text.decimals(seconds, 1));
        if (findings.differentVersions() > 1) {
            line += "; %s differ, of which the first is above".formatted(Text.count(findings.differentVersions()));
        }
        if (findings.leftOut() > 0) {
            line += "; %s left out".formatted(Text.count(findings.leftOut(), "finding"));
        }
        return Text.printable(line);
    }

    /// The same for programs.
    ObjectNode json(Findings findings) {
        ObjectNode json = Json.object()
                .put("model", model)
                .put("versions", versions)
                .put("verified", findings.verifiedVersions())
                .put("different", findings.differentVersions())
                .put("examples", examples)
                .put("seconds", seconds);
        ArrayNode list = json.putArray("findings");
        findings.kept().forEach(finding -> list.add(json(finding)));
        return json;
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode json = Json.object().put("kind", finding.kind().name()).put("message", finding.sentence());
        if (finding.first() >= 0) {
            json.put("firstVersion", finding.first()).put("lastVersion", finding.last());
        }
        Finding.Difference difference = finding.difference();
        if (difference != null) {
            json.put("firstOffset", difference.firstOffset())
                    .put("lastOffset", difference.lastOffset())
                    .put("publishedSha256", difference.published().toString())
                    .put("computedSha256", difference.computed().toString());
        }
        return json;
    }

    /// A finding for people.
    static List<String> lines(Finding finding) {
        String sentence = Text.printable(finding.sentence());
        Finding.Difference difference = finding.difference();
        return difference == null
                ? List.of(sentence)
                : List.of(
                        sentence,
                        "  published  SHA-256 " + difference.published(),
                        "  computed   SHA-256 " + difference.computed());
    }
}
