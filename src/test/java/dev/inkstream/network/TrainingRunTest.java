package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole training runs give the same bits with scalar and vector kernels, and the same as when this was written.
class TrainingRunTest {
    /// Change these only with a change of the arithmetic that is meant: every published version changes with them.
    static final List<String> PINNED = List.of(
            "9a9e59392f9008429a9d4c3223dba3cb8ff3d0d50631fa234c57ed675fe87df3",
            "a631388996cbf1acdeb2c4e29a1170f0942be6bc69b53b96cc3f0661f0f50ef9");

    /// Of versions from before there was another order of sums: they are on topics, and must be verified and trained
    /// on.
    private static final List<String> PINNED_SEQUENTIAL = List.of(
            "8c7bf3c46ed27783489a46a657d9cd957d1e29845d3a7139aad6224caa994dfe",
            "c465060cf30b48e26b71d5ef3669e673e03ddc0eca8234a06624ad83be796f45");

    @ParameterizedTest
    @ValueSource(strings = {"100,10", "20,1,2", "30,7,8,9", "50,15,16,17,3", "64,31,33,5", "40,65,64,10", "10,130,3"})
    void isTheSameWithVectors(String shape) {
        for (Preset preset : Preset.values()) {
            TrainingConfig config = preset.config(NetworkShape.parse(shape));
            assertThat(TrainingRun.hash(config, Fixtures.VECTOR)).isEqualTo(TrainingRun.hash(config, Fixtures.SCALAR));
        }
    }

    @Test
    void isTheSameAsEver() {
        assertThat(TrainingRun.servedHashes(Fixtures.SCALAR)).isEqualTo(PINNED);
        assertThat(TrainingRun.servedHashes(Fixtures.VECTOR)).isEqualTo(PINNED);
        assertThat(TrainingRun.servedHashes(Summation.SEQUENTIAL, Fixtures.SCALAR))
                .isEqualTo(PINNED_SEQUENTIAL);
        assertThat(TrainingRun.servedHashes(Summation.SEQUENTIAL, Fixtures.VECTOR))
                .isEqualTo(PINNED_SEQUENTIAL);
    }
}
