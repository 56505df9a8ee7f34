/// Versions as files that other programs read: Avro, ONNX, NumPy and JSON. Bytes in memory; no file system.
///
/// Imports `record`, `network`, `codec`, `stream`.
@NullMarked
package dev.inkstream.interchange;

import org.jspecify.annotations.NullMarked;
