package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkstream.record.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStreamTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, 63, 64, -64, -65, 8_191, 8_192, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsKafkasNumbers(long number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteUtils.writeVarlong(number, new DataOutputStream(bytes));
        RecordStream in = stream(bytes.toByteArray());

        assertThat(in.varlong()).isEqualTo(number);
        assertThat(in.position()).isEqualTo(ByteUtils.sizeOfVarlong(number));
    }

    @Test
    void aNumberOfElevenBytesIsAnError() {
        byte[] eleven = new byte[11];
        Arrays.fill(eleven, 0, 10, (byte) 0x80);
        assertThatThrownBy(() -> stream(eleven).varlong())
                .isInstanceOf(IOException.class)
                .hasMessage("number of more than ten bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE + 1L, Integer.MIN_VALUE - 1L})
    void anIntegerOfMoreThan32BitsIsAnError(long number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteUtils.writeVarlong(number, new DataOutputStream(bytes));
        assertThatThrownBy(() -> stream(bytes.toByteArray()).varint())
                .isInstanceOf(IOException.class)
                .hasMessage("number out of range: " + number);
    }

    /// Across the chunks in which the rest of a part is read.
    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 99, 100, 101, IntakeLimits.PREFIX_BYTES + 1, IntakeLimits.PREFIX_BYTES + (1 << 16), 300_000})
    void keepsAPartUpToItsBound(int size) throws IOException {
        byte[] bytes = new byte[size + 1];
        new Random(size).nextBytes(bytes);
        byte[] whole = Arrays.copyOf(bytes, size);
        RecordStream in = stream(bytes);

        RecordStream.Part part = in.part(size, 100);

        assertThat(part.size()).isEqualTo(size);
        assertThat(part.bytes())
                .isEqualTo(size <= 100 ? whole : Arrays.copyOf(whole, Math.min(size, IntakeLimits.PREFIX_BYTES)));
        assertThat(part.digest().isPresent()).isEqualTo(size > 100);
        part.digest().ifPresent(digest -> assertThat(digest).isEqualTo(Sha256.of(whole)));
        assertThat(in.position()).isEqualTo(size);
        assertThat(in.octet()).isEqualTo(bytes[size] & 0xff);
    }

    @Test
    void aNegativeSizeIsNull() throws IOException {
        assertThat(stream().part(-1, 100)).isEqualTo(RecordStream.Part.NULL);
        assertThat(stream(new byte[] {7}).part(0, 100).bytes()).isEmpty();
    }

    @Test
    void theEndIsAnError() throws IOException {
        assertThatThrownBy(() -> stream().octet()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> stream(new byte[3]).bytes(4))
                .isInstanceOf(EOFException.class)
                .hasMessage("end of the batch");
        assertThatThrownBy(() -> stream(new byte[3]).skip(4)).isInstanceOf(EOFException.class);
        RecordStream in = stream(new byte[3]);
        in.skip(2);
        assertThat(in.bytes(1)).hasSize(1);
        assertThat(in.position()).isEqualTo(3);
    }

    @Test
    void closesWhatItReads() throws IOException {
        AtomicInteger closed = new AtomicInteger();
        new RecordStream(new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                })
                .close();
        assertThat(closed).hasValue(1);
    }

    private static RecordStream stream(byte... bytes) {
        return new RecordStream(new ByteArrayInputStream(bytes));
    }
}
