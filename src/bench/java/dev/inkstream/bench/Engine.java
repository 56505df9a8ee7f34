package dev.inkstream.bench;

/// What computes.
enum Engine {
    INKSTREAM("Inkstream"),
    ONNX_RUNTIME("ONNX Runtime"),
    PYTORCH("PyTorch");

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
