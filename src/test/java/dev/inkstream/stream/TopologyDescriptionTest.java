package dev.inkstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.classifier.ServingModel;
import dev.inkstream.evaluator.DecisionRules;
import dev.inkstream.evaluator.PromotionPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The topologies as they are deployed, word for word.
class TopologyDescriptionTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "topologies");

    enum Application {
        CLASSIFIER {
            @Override
            Topology topology() {
                return Topologies.classifier(new ServingModel());
            }
        },
        TRAINER {
            @Override
            Topology topology() {
                return Topologies.trainer((from, to, reader) -> {});
            }
        },
        EVALUATOR {
            @Override
            Topology topology() {
                return Topologies.evaluator(DecisionRules.of(PromotionPolicy.ALWAYS));
            }
        },
        LABELER {
            @Override
            Topology topology() {
                return Topologies.labeler(new SimpleMeterRegistry());
            }
        };

        abstract Topology topology();
    }

    @ParameterizedTest
    @EnumSource
    void isTheOneThatIsDeployed(Application application) throws IOException {
        Path file = GOLDEN.resolve(application.name().toLowerCase(java.util.Locale.ROOT) + ".txt");
        String description = application.topology().describe().toString();
        if (Boolean.getBoolean("inkstream.updateGolden")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, description);
        }
        assertThat(description).as("""
                        %s describes the topology that existing deployments run. The names of its stores and of its \
                        sub-topologies' tasks are the names of their changelogs and of their committed state: a \
                        changed name makes a deployment start empty beside its old state, and a changed number of \
                        sub-topologies moves tasks. If that is meant, say in the release notes what an upgrade has \
                        to do, and run the test once with -Dinkstream.updateGolden=true.""", file).isEqualTo(Files.readString(file));
    }
}
