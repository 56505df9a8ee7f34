/// Measures the network's kernels against ONNX Runtime and PyTorch, with JMH: `inkstream bench network`.
///
/// Not part of the program: the profile `bench` compiles it, with libraries that nothing else has on its class path.
@NullMarked
package dev.inkstream.bench;

import org.jspecify.annotations.NullMarked;
