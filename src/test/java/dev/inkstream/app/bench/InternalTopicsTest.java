package dev.inkstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InternalTopicsTest {
    private static final List<String> NAMES = List.of(
            "bench-1.images",
            "bench-1.labeler-images-repartition",
            "bench-1.labeler-images-changelog",
            "bench-1.labeler-images",
            "bench-11.labeler-images-changelog",
            "bench-1.labeler2-images-repartition");

    @Test
    void thoseOfAnApplicationBeginWithItsId() {
        assertThat(InternalTopics.of("bench-1.labeler", NAMES))
                .containsExactly("bench-1.labeler-images-repartition", "bench-1.labeler-images-changelog");
    }

    @Test
    void whatAnApplicationSendsToItselfIsInItsRepartitionTopics() {
        assertThat(InternalTopics.repartition("bench-1.labeler", NAMES))
                .containsExactly("bench-1.labeler-images-repartition");
    }
}
