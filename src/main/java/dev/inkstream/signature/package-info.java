/// Ed25519 signatures of records (RFC 8032): keys in PEM files, the bytes that are signed, and who is trusted. See
/// `docs/signatures.md`.
///
/// Imports `record`.
@NullMarked
package dev.inkstream.signature;

import org.jspecify.annotations.NullMarked;
