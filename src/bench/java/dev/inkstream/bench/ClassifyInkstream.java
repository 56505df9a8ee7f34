package dev.inkstream.bench;

import dev.inkstream.network.Network;
import dev.inkstream.network.Workspace;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Classifies one image in a call. JMH makes a subclass.
@State(Scope.Thread)
public class ClassifyInkstream {
    @Param
    NetworkModel model;

    @Param("")
    String directory;

    private Pool pool;
    private Network network;
    private Workspace workspace;

    @Setup
    public void setUp() {
        Inputs inputs = new Inputs(Path.of(directory));
        pool = inputs.readImages(model);
        network = inputs.readNetwork(model);
        workspace = network.newWorkspace();
    }

    @Benchmark
    public int classify() {
        int label = network.classify(pool.pixels(), workspace);
        pool.advance();
        return label;
    }
}
