package dev.inkstream.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Learns from one mini-batch in a call, through DJL, on one thread: the same bytes, layers, loss and optimizer. JMH
/// makes a subclass.
@State(Scope.Thread)
public class TrainPyTorch {
    @Param
    NetworkModel model;

    @Param("")
    String directory;

    private Pool pool;
    private PyTorchNetwork network;
    private Model djl;
    private Trainer trainer;
    private int batch;
    private int inputs;
    private int targetSize;
    private float[] images;
    private float[] targets;

    @Setup
    public void setUp() {
        pool = new Inputs(Path.of(directory)).readImages(model);
        network = new PyTorchNetwork(model.config());
        batch = model.config().miniBatchSize();
        inputs = model.shape().inputs();
        targetSize = network.targetSize();
        images = new float[batch * inputs];
        targets = new float[batch * targetSize];
        djl = Model.newInstance("bench", Device.cpu(), "PyTorch");
        djl.setBlock(network.block());
        trainer = djl.newTrainer(new DefaultTrainingConfig(network.loss())
                .optOptimizer(network.optimizer())
                .optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(new Shape(batch, inputs));
    }

    @TearDown
    public void tearDown() {
        trainer.close();
        djl.close();
    }

    @Benchmark
    public void learn() {
        fill();
        try (NDManager arrays = trainer.getManager().newSubManager()) {
            NDArray input = arrays.create(images, new Shape(batch, inputs));
            NDArray target = arrays.create(targets, new Shape(batch, targetSize));
            try (GradientCollector gradients = trainer.newGradientCollector()) {
                NDList scores = trainer.forward(new NDList(input));
                gradients.backward(trainer.getLoss().evaluate(new NDList(target), scores));
            }
            trainer.step();
        }
    }

    private void fill() {
        Arrays.fill(targets, 0);
        for (int i = 0; i < batch; i++) {
            if (targetSize == 1) {
                targets[i] = pool.label();
            } else {
                targets[i * targetSize + pool.label()] = 1;
            }
            pool.scaled(images, i * inputs);
        }
    }
}
