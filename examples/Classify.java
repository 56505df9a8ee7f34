import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends one image to Inkstream and prints the prediction that comes back. Needs kafka-clients and avro.
public class Classify {
    // Without a schema registry ids are fixed; they are listed by: inkstream schemas
    static final int IMAGE_SCHEMA_ID = 478848238;
    static final int PREDICTION_SCHEMA_ID = 876659234;

    public static void main(String[] args) throws IOException {
        if (args.length != 0 && (args.length != 2 || !args[0].equals("--bootstrap-server"))) {
            System.err.println("usage: Classify.java [--bootstrap-server HOST:PORT]");
            System.exit(2);
        }
        String broker = args.length == 0 ? "localhost:9092" : args[1];
        try {
            System.out.println(classify(broker));
        } catch (KafkaException | IllegalStateException e) {
            System.err.println("Kafka at " + broker + " cannot be used: " + e.getMessage());
            System.exit(1);
        }
    }

    static String classify(String broker) throws IOException {
        String id = "bar-" + UUID.randomUUID();
        Map<String, Object> kafka = Map.of(
                "bootstrap.servers", broker,
                "isolation.level", "read_committed",
                "default.api.timeout.ms", 10_000, // of the consumer
                "max.block.ms", 10_000); // of the producer
        try (var consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("inkstream.predictions").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("there is no topic inkstream.predictions");
            }
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);

            producer.send(new ProducerRecord<>("inkstream.images", id, encode(bar())));
            producer.flush();

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (id.equals(record.key())) {
                        return sentence(decode(record.value()));
                    }
                }
            }
        }
        throw new IllegalStateException("no prediction within 30 s: is a classifier running?");
    }

    static String sentence(GenericRecord prediction) {
        int label = (Integer) prediction.get("label");
        float score = (Float) ((List<?>) prediction.get("scores")).get(label);
        return String.format(Locale.ROOT, "a %d, says %s v%d (%.1f %%)",
                label, prediction.get("model"), prediction.get("version"), 100 * score);
    }

    /// A vertical bar: a 1, as good as anyone draws it.
    static GenericRecord bar() throws IOException {
        byte[] pixels = new byte[28 * 28];
        for (int y = 4; y < 24; y++) {
            pixels[y * 28 + 13] = pixels[y * 28 + 14] = (byte) 255;
        }
        GenericRecord image = new GenericData.Record(schema("ImageRecord"));
        image.put("width", 28);
        image.put("height", 28);
        image.put("pixels", ByteBuffer.wrap(pixels));
        image.put("capturedAt", System.currentTimeMillis());
        return image;
    }

    static byte[] encode(GenericRecord image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes); // Confluent's wire format: a zero, the schema id, the Avro body
        out.writeByte(0);
        out.writeInt(IMAGE_SCHEMA_ID);
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(image.getSchema()).write(image, encoder);
        return bytes.toByteArray();
    }

    static GenericRecord decode(byte[] value) throws IOException {
        var in = ByteBuffer.wrap(value); // Confluent's wire format again
        if (value.length < 5 || in.get() != 0 || in.getInt() != PREDICTION_SCHEMA_ID) {
            throw new IllegalStateException("a prediction does not begin with a zero and the schema id "
                    + PREDICTION_SCHEMA_ID + ": with a schema registry, ask it for the ids");
        }
        var decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
        return new GenericDatumReader<GenericRecord>(schema("Prediction")).read(null, decoder);
    }

    static Schema schema(String name) throws IOException {
        return new Schema.Parser().parse(new File("schemas/" + name + ".avsc"));
    }
}
