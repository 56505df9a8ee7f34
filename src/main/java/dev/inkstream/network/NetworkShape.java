package dev.inkstream.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The number of neurons of each layer, from the inputs to the outputs. Immutable.
///
/// A shape of n sizes has n - 1 weight layers, counted from 0; weight layer `l` leads from `sizes[l]` inputs to
/// `sizes[l + 1]` outputs.
///
/// @param sizes 2 to 100 sizes, each in 1..65536, of at most 67108864 parameters together
public record NetworkShape(List<Integer> sizes) {
    /// The most neurons of a layer.
    public static final int MAX_SIZE = 65_536;
    static final int MAX_PARAMETERS = 64 << 20;
    static final int MAX_SIZES = 100;

    public NetworkShape {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.size() > MAX_SIZES) {
            throw new IllegalArgumentException("sizes has " + sizes.size() + " layers; it must have 2 to " + MAX_SIZES);
        }
        for (int size : sizes) {
            if (size < 1 || size > MAX_SIZE) {
                throw new IllegalArgumentException("layer size is " + size + "; it must be in 1.." + MAX_SIZE);
            }
        }
        long count = countParameters(sizes);
        if (count > MAX_PARAMETERS) {
            throw new IllegalArgumentException("parameter count is " + count + "; it must be in 1.." + MAX_PARAMETERS);
        }
    }

    /// The shape of these sizes, inputs first.
    public static NetworkShape of(int... sizes) {
        return new NetworkShape(Arrays.stream(sizes).boxed().toList());
    }

    /// Reads what [#toString()] writes, such as `784,30,10`; blanks around a size are allowed.
    ///
    /// @throws IllegalArgumentException if the text is not a list of whole numbers, or not a valid shape
    public static NetworkShape parse(String text) {
        try {
            return of(Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .mapToInt(Integer::parseInt)
                    .toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "network shape is '" + text + "'; it must be layer sizes such as 784,30,10", e);
        }
    }

    /// The number of inputs of the network.
    public int inputs() {
        return sizes.getFirst();
    }

    /// The number of outputs of the network.
    public int outputs() {
        return sizes.getLast();
    }

    /// The number of weight layers: one less than there are sizes.
    public int layers() {
        return sizes.size() - 1;
    }

    /// The number of inputs of a weight layer, counted from 0.
    public int inputs(int layer) {
        return sizes.get(layer);
    }

    /// The number of outputs of a weight layer, counted from 0.
    public int outputs(int layer) {
        return sizes.get(layer + 1);
    }

    /// The number of weights and biases of all layers.
    public int parameterCount() {
        return (int) countParameters(sizes);
    }

    /// The floats that its parameters take in memory, where each row of a layer is padded: up to 16 times as many as
    /// there are parameters.
    public long paddedCount() {
        long count = 0;
        for (int layer = 0; layer < layers(); layer++) {
            count += (inputs(layer) + 1L) * Layer.padded(outputs(layer));
        }
        return count;
    }

    private static long countParameters(List<Integer> sizes) {
        long count = 0;
        for (int layer = 0; layer < sizes.size() - 1; layer++) {
            count += (sizes.get(layer) + 1L) * sizes.get(layer + 1);
        }
        return count;
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
