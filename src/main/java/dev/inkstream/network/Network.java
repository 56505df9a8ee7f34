package dev.inkstream.network;

/// A network that classifies: immutable, shared freely between threads, each with a [Workspace] of its own.
public final class Network {
    private final Architecture architecture;
    private final Parameters parameters;

    /// @throws IllegalArgumentException if the parameters are of another shape
    public Network(Architecture architecture, Parameters parameters) {
        if (!architecture.shape().equals(parameters.shape())) {
            throw new IllegalArgumentException(
                    "parameters have the shape " + parameters.shape() + "; it must have " + architecture.shape());
        }
        this.architecture = architecture;
        this.parameters = parameters;
    }

    public Architecture architecture() {
        return architecture;
    }

    public Parameters parameters() {
        return parameters;
    }

    /// Scratch for one thread. It serves every network of this architecture, so new weights need no new workspace.
    public Workspace newWorkspace() {
        return newWorkspace(Kernels.chosen());
    }

    Workspace newWorkspace(LayerKernels kernels) {
        return new Workspace(architecture, kernels);
    }

    /// Classifies an image; its scores are in [Workspace#outputs()] until the next one.
    ///
    /// @param pixels one unsigned byte for each input, 0 to 255, of which the network sees a 255th
    /// @return the label of the highest score, the lowest such label on a tie
    /// @throws IllegalArgumentException if there are too few or too many pixels, or the workspace is of another
    ///     architecture
    public int classify(byte[] pixels, Workspace workspace) {
        return classify(pixels, 0, pixels.length, workspace);
    }

    /// Classifies an image whose pixels are part of an array, such as the bytes of a record.
    ///
    /// @param start index of its first pixel
    /// @param length how many it has
    /// @return as [#classify(byte[], Workspace)], which throws the same
    /// @throws IndexOutOfBoundsException if the array has fewer
    public int classify(byte[] pixels, int start, int length, Workspace workspace) {
        requireOwn(workspace);
        return workspace.forward(parameters.layers(), pixels, start, length);
    }

    /// Classifies the image that another network of this architecture has just classified. The image is not looked at
    /// again, so this is faster than [#classify].
    ///
    /// @param seen the workspace that it was classified with
    /// @param workspace takes the scores
    /// @throws IllegalArgumentException if a workspace is of another architecture
    public int classifyAgain(Workspace seen, Workspace workspace) {
        requireOwn(seen);
        requireOwn(workspace);
        return workspace.forward(parameters.layers(), seen);
    }

    /// The loss of the image last classified with this workspace.
    ///
    /// @throws IllegalArgumentException if there is no such label
    public float loss(Workspace workspace, int label) {
        requireOwn(workspace);
        return workspace.loss(label);
    }

    private void requireOwn(Workspace workspace) {
        if (!architecture.equals(workspace.architecture())) {
            throw new IllegalArgumentException(
                    "workspace is for " + workspace.architecture() + "; it must be for " + architecture);
        }
    }
}
