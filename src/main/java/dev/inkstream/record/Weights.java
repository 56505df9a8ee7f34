package dev.inkstream.record;

/// The bytes of a model's parameters, which belong to it, with their digest. Immutable; equality by content.
public final class Weights {
    private final byte[] bytes;
    private final Sha256 sha256;

    /// Hashes the bytes, which belong to it from then on.
    public Weights(byte[] bytes) {
        this.bytes = bytes;
        this.sha256 = Sha256.of(bytes);
    }

    /// The bytes themselves, never to be written to.
    public byte[] bytes() {
        return bytes;
    }

    public Sha256 sha256() {
        return sha256;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Weights that && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return "Weights[" + bytes.length + " bytes, " + sha256.abbreviated() + "]";
    }
}
