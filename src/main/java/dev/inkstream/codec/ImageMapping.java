package dev.inkstream.codec;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.Pixels;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// [ImageRecord] and its Avro class.
enum ImageMapping implements AvroMapping<ImageRecord, dev.inkstream.record.avro.ImageRecord> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.ImageRecord.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.ImageRecord toAvro(ImageRecord image) {
        return new dev.inkstream.record.avro.ImageRecord(
                image.width(), image.height(), image.pixels().buffer(), image.capturedAt());
    }

    @Override
    public ImageRecord toDomain(dev.inkstream.record.avro.ImageRecord avro) {
        return image(avro.getWidth(), avro.getHeight(), avro.getPixels(), avro.getCapturedAt());
    }

    @Override
    public @Nullable ImageRecord toDomain(PlainInput in) {
        int width = in.readInt();
        int height = in.readInt();
        Pixels pixels = in.readPixels();
        Instant capturedAt = Instant.ofEpochMilli(in.readLong());
        return in.isWhole() ? new ImageRecord(width, height, pixels, capturedAt) : null;
    }

    static ImageRecord image(int width, int height, ByteBuffer pixels, Instant capturedAt) {
        return new ImageRecord(width, height, Bytes.toArray(pixels), capturedAt);
    }
}
