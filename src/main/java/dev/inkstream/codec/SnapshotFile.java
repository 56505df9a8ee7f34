package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;

/// One [WeightSnapshot] as Avro's container file, which every Avro library reads: the schema, not compressed, then the
/// record. Stateless.
public final class SnapshotFile {
    private static final Schema SCHEMA = WeightSnapshotMapping.INSTANCE.schema();
    private static final int SYNC_BYTES = 16;

    private SnapshotFile() {}

    /// The same snapshot gives the same bytes.
    public static byte[] write(WeightSnapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] sync = Arrays.copyOf(snapshot.id().weights().bytes(), SYNC_BYTES);
        GeneratedClasses data = new GeneratedClasses();
        try (DataFileWriter<dev.inkstream.record.avro.WeightSnapshot> file =
                new DataFileWriter<>(data.writer(SCHEMA))) {
            file.create(BuiltInSchemas.asFiled(SCHEMA), out, sync);
            file.append(WeightSnapshotMapping.INSTANCE.toAvro(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /// Reads a file, which may come from anyone.
    ///
    /// @throws InvalidRecordException if it is not one snapshot, not compressed, of a schema that ours can read
    public static WeightSnapshot read(byte[] file) {
        ContainerFile container = ContainerFile.read(file);
        try {
            Schema writer = new Schema.Parser().parse(container.schema());
            DatumReader<dev.inkstream.record.avro.WeightSnapshot> reader =
                    new GeneratedClasses().reader(writer, SCHEMA);
            return WeightSnapshotMapping.INSTANCE.toDomain(
                    reader.read(null, DecoderFactory.get().binaryDecoder(container.record(), null)));
        } catch (InvalidRecordException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // What Avro throws depends on the bytes.
            throw new InvalidRecordException(
                    RejectReason.BAD_SNAPSHOT,
                    "it is not an Avro WeightSnapshot: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
