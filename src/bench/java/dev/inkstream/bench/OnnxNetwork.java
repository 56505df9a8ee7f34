package dev.inkstream.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// A network that ONNX Runtime computes, a call on one thread. Thread-safe; each thread has a [Batch] of its own.
record OnnxNetwork(OrtEnvironment runtime, OrtSession session) implements AutoCloseable {
    /// The name that `models export` gives.
    private static final String INPUT = "images";

    static OnnxNetwork of(byte[] file) throws OrtException {
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return new OnnxNetwork(runtime, runtime.createSession(file, options));
    }

    /// @param count images in a call
    /// @param inputs of the network
    Batch batch(int count, int inputs) {
        return new Batch(this, count, inputs);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    /// The memory of one thread for a number of images: a direct buffer that ONNX Runtime reads without a copy.
    static final class Batch {
        private final OnnxNetwork network;
        private final long[] shape;
        private final float[] values;
        private final FloatBuffer buffer;

        private Batch(OnnxNetwork network, int count, int inputs) {
            this.network = network;
            shape = new long[] {count, inputs};
            values = new float[inputs];
            buffer = ByteBuffer.allocateDirect(count * inputs * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        /// Takes the inputs of one image, until they are [#put]. One image fits into the first cache, so that putting
        /// it costs next to nothing; a batch does not.
        float[] values() {
            return values;
        }

        /// Takes over the inputs of an image.
        ///
        /// @param number of the image in the batch, from 0
        void put(int number) {
            buffer.put(number * values.length, values);
        }

        /// The scores of all images, one image after the other.
        FloatBuffer run() throws OrtException {
            try (OnnxTensor input = OnnxTensor.createTensor(network.runtime, buffer, shape);
                    OrtSession.Result result = network.session.run(Map.of(INPUT, input))) {
                return ((OnnxTensor) result.get(0)).getFloatBuffer();
            }
        }
    }
}
