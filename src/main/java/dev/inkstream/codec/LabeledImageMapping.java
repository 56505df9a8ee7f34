package dev.inkstream.codec;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.LabeledImage;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

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
                image.width(), image.height(), ByteBuffer.wrap(image.pixels()), image.capturedAt(), labeled.label());
    }

    @Override
    public LabeledImage toDomain(dev.inkstream.record.avro.LabeledImage avro) {
        return new LabeledImage(
                ImageMapping.image(avro.getWidth(), avro.getHeight(), avro.getPixels(), avro.getCapturedAt()),
                avro.getLabel());
    }
}
