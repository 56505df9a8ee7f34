package dev.inkstream.bench;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Classifies a batch in a call, on one thread, from the same bytes. JMH makes a subclass.
@State(Scope.Thread)
public class ClassifyOnnxRuntime {
    @Param
    NetworkModel model;

    @Param("")
    String directory;

    @Param("1")
    int batch;

    private Pool pool;
    private OnnxNetwork network;
    private OnnxNetwork.Batch images;
    private int[] labels;
    private int classes;

    @Setup
    public void setUp() throws OrtException {
        Inputs files = new Inputs(Path.of(directory));
        pool = files.readImages(model);
        classes = model.shape().outputs();
        network = OnnxNetwork.of(files.readOnnx(model));
        images = network.batch(batch, model.shape().inputs());
        labels = new int[batch];
    }

    @TearDown
    public void tearDown() throws OrtException {
        network.close();
    }

    @Benchmark
    public int[] classify() throws OrtException {
        for (int i = 0; i < batch; i++) {
            pool.scaled(images.values(), 0);
            images.put(i);
        }
        readLabels(images.run());
        return labels;
    }

    private void readLabels(FloatBuffer scores) {
        for (int i = 0; i < batch; i++) {
            int best = 0;
            for (int label = 1; label < classes; label++) {
                if (scores.get(i * classes + label) > scores.get(i * classes + best)) {
                    best = label;
                }
            }
            labels[i] = best;
        }
    }
}
