package dev.inkstream.network;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A small training run that stands for all: the hash of what it serves must never change by accident, on any machine,
/// with any kernels.
final class TrainingRun {
    static final NetworkShape SHAPE = NetworkShape.of(100, 33, 17, 10);
    private static final int EXAMPLES = 800;

    private TrainingRun() {}

    static String hash(TrainingConfig config, LayerKernels kernels) {
        Learner learner = Learner.initial(config, 42, kernels);
        Examples.of(config.architecture().shape(), EXAMPLES, 43).teach(learner);
        return sha256(learner.served().toBytes()) + sha256(learner.state());
    }

    /// The hashes of the parameters alone, of every preset, without the rest of the state.
    static List<String> servedHashes(LayerKernels kernels) {
        return servedHashes(Summation.INTERLEAVED, kernels);
    }

    static List<String> servedHashes(Summation order, LayerKernels kernels) {
        return List.of(servedHash(Preset.CLASSIC, order, kernels), servedHash(Preset.MODERN, order, kernels));
    }

    private static String servedHash(Preset preset, Summation order, LayerKernels kernels) {
        Learner learner = Learner.initial(preset.config(SHAPE).with(order), 42, kernels);
        Examples.of(SHAPE, EXAMPLES, 43).teach(learner);
        return sha256(learner.served().toBytes());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Prints the kernels chosen, then a hash a line. [KernelChoiceTest] runs it in a process of its own.
    public static void main(String[] args) {
        System.out.println(Kernels.description());
        servedHashes(Kernels.chosen()).forEach(System.out::println);
    }
}
