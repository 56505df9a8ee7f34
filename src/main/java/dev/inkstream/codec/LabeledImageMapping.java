package dev.inkstream.codec;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.Pixels;
import java.time.Instant;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// [LabeledImage] and its Avro class.
enum LabeledImageMapping implements AvroMapping<LabeledImage, dev.inkstream.record.avro.LabeledImage> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.LabeledImage.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.LabeledImage toAvro(LabeledImage labeled) {
        ImageRecord image = labeled.image();
        return new dev.inkstream.record.avro.LabeledImage(
                image.width(), image.height(), image.pixels().buffer(), image.capturedAt(), labeled.label());
    }

    @Override
    public LabeledImage toDomain(dev.inkstream.record.avro.LabeledImage avro) {
        return new LabeledImage(
                ImageMapping.image(avro.getWidth(), avro.getHeight(), avro.getPixels(), avro.getCapturedAt()),
                avro.getLabel());
    }

    @Override
    public @Nullable LabeledImage toDomain(PlainInput in) {
        int width = in.readInt();
        int height = in.readInt();
        Pixels pixels = in.readPixels();
        Instant capturedAt = Instant.ofEpochMilli(in.readLong());
        int label = in.readInt();
        return in.isWhole() ? new LabeledImage(new ImageRecord(width, height, pixels, capturedAt), label) : null;
    }
}
