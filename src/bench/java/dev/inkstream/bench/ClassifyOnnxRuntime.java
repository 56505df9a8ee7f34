package dev.inkstream.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Classifies a batch in a call, on one thread: from the same bytes, in a direct buffer that ONNX Runtime reads without
/// a copy. JMH makes a subclass.
@State(Scope.Thread)
public class ClassifyOnnxRuntime {
    @Param
    NetworkModel model;

    @Param("")
    String directory;

    @Param("1")
    int batch;

    private Pool pool;
    private OrtEnvironment runtime;
    private OrtSession session;
    private float[] values;
    private FloatBuffer buffer;
    private long[] shape;
    private int[] labels;
    private int inputs;
    private int classes;

    @Setup
    public void setUp() throws OrtException {
        Inputs files = new Inputs(Path.of(directory));
        pool = files.readImages(model);
        inputs = model.shape().inputs();
        classes = model.shape().outputs();
        runtime = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = runtime.createSession(files.readOnnx(model), options);
        values = new float[batch * inputs];
        buffer = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        shape = new long[] {batch, inputs};
        labels = new int[batch];
    }

    @TearDown
    public void tearDown() throws OrtException {
        session.close();
    }

    @Benchmark
    public int[] classify() throws OrtException {
        for (int i = 0; i < batch; i++) {
            pool.scaled(values, i * inputs);
        }
        buffer.put(0, values);
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, buffer, shape);
                OrtSession.Result result = session.run(Map.of("images", input))) {
            readLabels(((OnnxTensor) result.get(0)).getFloatBuffer());
        }
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
