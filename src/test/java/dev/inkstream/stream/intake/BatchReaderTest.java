package dev.inkstream.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("images", 3);
    private static final byte[] KEY = {'k'};

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void givesEachRecordAndOfALargeOneItsBeginning(CompressionType codec) throws IOException {
        byte[] large = new byte[5_000_000];
        Header header = new RecordHeader("h", new byte[] {1});
        List<ConsumerRecord<byte[], byte[]>> records = read(MemoryRecords.withRecords(
                40,
                Compression.of(codec).build(),
                new SimpleRecord(7, KEY, new byte[] {1, 2, 3}, new Header[] {header}),
                new SimpleRecord(8, KEY, large),
                new SimpleRecord(9, null, (byte[]) null)));

        assertThat(records).extracting(ConsumerRecord::offset).containsExactly(40L, 41L, 42L);
        assertThat(records).extracting(ConsumerRecord::timestamp).containsExactly(7L, 8L, 9L);
        assertThat(records.get(0).value()).containsExactly(1, 2, 3);
        assertThat(records.get(0).headers()).containsExactly(header);
        assertThat(records.get(1).key()).isEqualTo(KEY);
        assertThat(records.get(1).value()).isEqualTo(new byte[IntakeLimits.PREFIX_BYTES]);
        assertThat(Cut.facts(records.get(1).headers())).isEqualTo(Cut.value(5_000_000, Sha256.of(large)));
        assertThat(records.get(2).key()).isNull();
        assertThat(records.get(2).value()).isNull();
        assertThat(records.get(2).headers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void keepsTheFirstHeadersAndALargeKeysBeginning(CompressionType codec) throws IOException {
        Header[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> new RecordHeader("h" + i, null))
                .toArray(Header[]::new);
        Header[] huge = {new RecordHeader("a", new byte[1]), new RecordHeader("b", new byte[1_000_000])};
        List<ConsumerRecord<byte[], byte[]>> records = read(MemoryRecords.withRecords(
                0,
                Compression.of(codec).build(),
                new SimpleRecord(1, KEY, KEY, many),
                new SimpleRecord(1, KEY, KEY, huge),
                new SimpleRecord(1, new byte[1_000_000], KEY)));

        assertThat(records.get(0).headers()).hasSize(IntakeLimits.HEADERS + 1);
        assertThat(Cut.facts(records.get(0).headers())).isEqualTo(Map.of(Cut.HEADERS_DROPPED, "900"));
        assertThat(records.get(1).headers()).hasSize(2).contains(huge[0]);
        assertThat(Cut.facts(records.get(1).headers())).isEqualTo(Map.of(Cut.HEADERS_DROPPED, "1"));
        assertThat(records.get(2).key()).hasSize(IntakeLimits.PREFIX_BYTES);
        assertThat(Cut.facts(records.get(2).headers())).isEqualTo(Cut.key(1_000_000, Sha256.of(new byte[1_000_000])));
    }

    /// A broker does not look at the length that a record states of itself.
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void oneThatStatesAWrongLengthIsUnreadableAndTheNextIsRead(CompressionType codec) throws IOException {
        for (int length : new int[] {Integer.MAX_VALUE, 0, -5, 1_000}) {
            List<ConsumerRecord<byte[], byte[]>> records =
                    read(batch(codec, 2, stating(length, 0, "no"), stating(9, 1, "fi")));
            assertThat(records).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
            assertThat(unreadable(records.get(0)))
                    .startsWith("record cannot be read: it states a length of " + length + " bytes but has 9");
            assertThat(records.get(1).value()).isEqualTo("fi".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void everyOffsetBehindABreakIsUnreadable(CompressionType codec) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = read(batch(codec, 4, stating(9, 0, "ok"), new byte[] {100, 0}));
        assertThat(records).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(records.getFirst().value()).isEqualTo("ok".getBytes(StandardCharsets.UTF_8));
        assertThat(records.subList(1, 4))
                .allMatch(record -> unreadable(record).startsWith("record cannot be read: its batch ends early"));
    }

    private static String unreadable(ConsumerRecord<byte[], byte[]> record) {
        assertThat(record.key()).isNull();
        assertThat(record.value()).isNull();
        return ((Cut) record.headers().toArray()[0]).message();
    }

    /// A record of the key `k`, in Kafka's format, with any length at its beginning.
    private static byte[] stating(int length, int offset, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        varint(length, out);
        out.write(0);
        varint(0, out);
        varint(offset, out);
        varint(1, out);
        out.write('k');
        varint(value.length(), out);
        out.writeBytes(value);
        varint(0, out);
        return bytes.toByteArray();
    }

    private static void varint(int value, DataOutputStream out) throws IOException {
        int zigzag = value << 1 ^ value >> 31;
        for (; (zigzag & ~0x7f) != 0; zigzag >>>= 7) {
            out.write((zigzag & 0x7f) | 0x80);
        }
        out.write(zigzag);
    }

    private static MemoryRecords batch(CompressionType codec, int count, byte[]... records) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (byte[] record : records) {
            plain.write(record);
        }
        org.apache.kafka.common.utils.internals.ByteBufferOutputStream compressed =
                new org.apache.kafka.common.utils.internals.ByteBufferOutputStream(1_000);
        compressed.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        try (var out = Compression.of(codec).build().wrapForOutput(compressed, RecordBatch.CURRENT_MAGIC_VALUE)) {
            out.write(plain.toByteArray());
        }
        ByteBuffer buffer = compressed.buffer();
        int size = buffer.position();
        buffer.flip();
        DefaultRecordBatch.writeHeader(
                buffer,
                0,
                count - 1,
                size,
                RecordBatch.CURRENT_MAGIC_VALUE,
                codec,
                TimestampType.CREATE_TIME,
                5,
                5,
                -1,
                (short) -1,
                -1,
                false,
                false,
                false,
                -1,
                count);
        buffer.position(0);
        return MemoryRecords.readableRecords(buffer);
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(MemoryRecords records) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        for (RecordBatch batch : records.batches()) {
            try (BatchReader reader = new BatchReader(PARTITION, (DefaultRecordBatch) batch, IntakeLimits.usual())) {
                Stream.generate(reader::next)
                        .takeWhile(record -> record != null)
                        .forEach(read::add);
            }
        }
        return read;
    }
}
