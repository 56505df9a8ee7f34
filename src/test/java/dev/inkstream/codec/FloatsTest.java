package dev.inkstream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/// An array of floats has the bytes that Avro gives a list of them.
class FloatsTest {
    private static final Schema SCHEMA = SchemaBuilder.array().items().floatType();
    private static final List<Float> LIST = List.of(0f, -1.5f, Float.MIN_VALUE, 3.4e38f);
    private static final float[] ARRAY = {0f, -1.5f, Float.MIN_VALUE, 3.4e38f};

    @Test
    void hasTheBytesOfAList() throws IOException {
        byte[] expected = bytes(out -> new GenericDatumWriter<List<Float>>(SCHEMA).write(LIST, out));

        assertThat(bytes(new Floats(ARRAY)::write)).isEqualTo(expected);
        assertThat(Floats.read(SCHEMA, decoder(expected)).values()).containsExactly(ARRAY);
        assertThat(new Floats(ARRAY)).isEqualTo(LIST);
    }

    @Test
    void readsAllBlocks() throws IOException {
        byte[] twoBlocks = bytes(out -> {
            out.writeArrayStart();
            for (int block = 0; block < 2; block++) {
                out.setItemCount(2);
                out.writeFloat(ARRAY[2 * block]);
                out.writeFloat(ARRAY[2 * block + 1]);
            }
            out.writeArrayEnd();
        });

        assertThat(Floats.read(SCHEMA, decoder(twoBlocks)).values()).containsExactly(ARRAY);
        assertThat(Floats.read(SCHEMA, decoder(bytes(new Floats(new float[0])::write)))
                        .values())
                .isEmpty();
    }

    /// Two billion floats in nine bytes.
    @Test
    void believesNoLengthThatTheBytesDoNotBearOut() throws IOException {
        byte[] boast = bytes(out -> {
            out.writeLong(2_000_000_000);
            out.writeFloat(1);
        });

        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> Floats.read(SCHEMA, decoder(boast)));
    }

    @FunctionalInterface
    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static BinaryDecoder decoder(byte[] bytes) {
        return DecoderFactory.get().binaryDecoder(bytes, null);
    }
}
