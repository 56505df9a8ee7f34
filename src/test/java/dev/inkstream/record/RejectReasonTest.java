package dev.inkstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectReasonTest {
    /// A person who finds a reason in a dead letter's header looks it up there.
    @ParameterizedTest
    @EnumSource
    void isInTheTableOfTheDocument(RejectReason reason) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs", "dead-letters.md")))
                .filteredOn(line -> line.startsWith("| `") && line.split("\\|")[1].contains("`" + reason + "`"))
                .as("rows of %s", reason)
                .hasSize(1);
    }
}
