package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.inkstream.app.console.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchSettingsTest {
    @Test
    void everyOptionIsThereWithItsDefault() {
        ObjectNode json = pipeline("--images", "20000", "--threads=1,4", "--onnx-class-path", "x.jar");

        assertThat(json.get("images").longValue()).isEqualTo(20_000);
        assertThat(json.get("threads")).hasToString("[1,4]");
        assertThat(json.get("pairs").intValue()).isEqualTo(3);
        assertThat(json.at("/workloads/0").textValue()).isEqualTo("pass-through");
        assertThat(json.has("onnxClassPath")).isFalse();
        assertThat(json.get("inkstream").textValue()).startsWith("inkstream");
        assertThat(json.get("jvmOptions").isArray()).isTrue();
    }

    @Test
    void namesAreInCamelCaseAndAnOptionThatWasNotGivenIsNull() {
        CommandLine line = new CommandLine(new LatencyOptions());
        line.parseArgs("--warm-up", "3");
        ObjectNode json = BenchSettings.json(line.getCommandSpec(), Map.of("dataset", new TextNode("60,000 digits")));

        assertThat(json.get("warmUp").intValue()).isEqualTo(3);
        assertThat(json.get("swaps").isNull()).isTrue();
        assertThat(json.get("learning").booleanValue()).isFalse();
        assertThat(json.get("dataset").textValue()).isEqualTo("60,000 digits");
    }

    @Test
    void whatTheClassifierRunsWithIsSaidToo() {
        ProcessingOptions processing = new ProcessingOptions();
        new CommandLine(processing).setCaseInsensitiveEnumValuesAllowed(true).parseArgs("--tuned-for=latency");

        assertThat(processing.effective())
                .containsEntry("guarantee", new TextNode("exactly-once"))
                .containsEntry("tunedFor", new TextNode("latency"));
    }

    @Test
    void aNumberThatIsNotFiniteIsNull() {
        ObjectNode json = Json.object().put("ratio", Double.NaN).put("images", 3);
        json.putArray("runs").addObject().put("seconds", Double.POSITIVE_INFINITY);

        assertThat(Json.line(BenchSettings.finite(json)))
                .isEqualTo("{\"ratio\":null,\"images\":3,\"runs\":[{\"seconds\":null}]}");
    }

    private static ObjectNode pipeline(String... arguments) {
        CommandLine line = new CommandLine(new PipelineOptions());
        line.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return BenchSettings.json(line.getCommandSpec(), Map.of());
    }
}
