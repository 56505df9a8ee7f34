package dev.inkstream.bench;

import dev.inkstream.network.Learner;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Learns from one mini-batch in a call, an example at a time. JMH makes a subclass.
@State(Scope.Thread)
public class TrainInkstream {
    @Param
    NetworkModel model;

    @Param("")
    String directory;

    private Pool pool;
    private Learner learner;

    @Setup
    public void setUp() {
        pool = new Inputs(Path.of(directory)).readImages(model);
        learner = Learner.initial(model.config(), Inputs.SEED);
    }

    @Benchmark
    public void learn(Blackhole results) {
        int batch = learner.config().miniBatchSize();
        for (int i = 0; i < batch; i++) {
            results.consume(learner.learn(pool.pixels(), pool.label()));
            pool.advance();
        }
    }
}
