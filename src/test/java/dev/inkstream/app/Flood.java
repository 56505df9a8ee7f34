package dev.inkstream.app;

import dev.inkstream.app.FloodTopic.Invalid;
import dev.inkstream.app.FloodTopic.Reader;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.Redriven;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Draws records that cannot be used, and good ones, and says of each who can use it. The kinds and topics of a flood
/// take turns; what is in a record is drawn. Not thread-safe.
final class Flood {
    private static final long DAY = 86_400_000;

    private static final byte[] LONG_ENOUGH_FOR_A_PREFIX = new byte[17 << 10];

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final Map<FloodTopic, List<FloodTopic>> others = others();
    private final Topics topics;
    private final Random random;
    private int drawn;

    /// What is wrong with a record.
    enum Kind {
        CUT_SHORT,
        DRAWN_OUT,
        NO_FRAME,
        FLIPPED_BIT,
        OVERWRITTEN,
        SPLICED,
        HUGE_COUNT,
        CHANGED_KEY,
        OTHER_VERSION,
        FOR_OTHERS,
        WRONG_SCHEMA_ID,
        OTHER_TYPE,
        DECODABLE_BUT_INVALID,
        NULL_VALUE,
        BAD_KEY,
        LONG_KEY,
        LARGE_HEADERS,
        MANY_HEADERS,
        NO_TIMESTAMP,
        FAR_AHEAD
    }

    /// A record and those that cannot use it: each of them makes it one dead letter.
    ///
    /// @param passedOverBy those that it says it is not for
    record Drawn(
            FloodTopic topic, ProducerRecord<byte[], byte[]> record, Set<Reader> refusedBy, Set<Reader> passedOverBy) {
        Drawn(FloodTopic topic, ProducerRecord<byte[], byte[]> record, Set<Reader> refusedBy) {
            this(topic, record, refusedBy, Set.of());
        }

        boolean isUsedBy(Reader reader) {
            return topic.readers().contains(reader)
                    && !refusedBy.contains(reader)
                    && !passedOverBy.contains(reader)
                    && record.value() != null;
        }

        String id() {
            return new String(record.key(), StandardCharsets.UTF_8);
        }
    }

    Flood(Topics topics, long seed) {
        this.topics = topics;
        this.random = new Random(seed);
    }

    /// The next record that cannot be used. Of some kinds a part of the readers, or all, can use it.
    Drawn bad() {
        FloodTopic topic = FloodTopic.at(drawn);
        Kind kind = KINDS.get(drawn / FloodTopic.count() % KINDS.size());
        // Of one topic, so that no changed key is that of a record of another.
        byte[] key = topic.isOfModels() ? key(FloodTopic.MODEL) : key("flood-" + topic + "-" + drawn);
        drawn++;
        byte[] good = topic.good(drawn);
        return switch (kind) {
            case CUT_SHORT -> refused(topic, key, Arrays.copyOf(good, random.nextInt(good.length)));
            case DRAWN_OUT ->
                refused(topic, key, Arrays.copyOf(good, good.length + 1 + random.nextInt(1 << random.nextInt(22))));
            case NO_FRAME -> {
                good[0] = (byte) (1 + random.nextInt(255));
                yield refused(topic, key, good);
            }
            case FLIPPED_BIT -> decided(topic, key, flipped(good));
            case OVERWRITTEN -> decided(topic, key, overwritten(good));
            case SPLICED -> decided(topic, key, spliced(good, otherType(topic)));
            case HUGE_COUNT -> decided(topic, key, withHugeCount(good));
            case CHANGED_KEY -> decided(topic, changed(key), good);
            case OTHER_VERSION -> decided(topic, key, FloodSnapshots.ofVersion(topic, random, good));
            case FOR_OTHERS -> forOthers(topic, key, good);
            case WRONG_SCHEMA_ID ->
                refused(
                        topic,
                        key,
                        ByteBuffer.wrap(good).putInt(1, random.nextInt()).array());
            // A labeled image has all that an image has.
            case OTHER_TYPE -> decided(topic, key, otherType(topic));
            case DECODABLE_BUT_INVALID -> invalid(topic, key);
            case NULL_VALUE -> nullValue(topic, key);
            case BAD_KEY -> refused(topic, badKey(), good);
            case LONG_KEY -> refused(topic, longKey(), good);
            case LARGE_HEADERS, MANY_HEADERS -> withHeaders(kind, refused(topic, key, good));
            case NO_TIMESTAMP -> withoutTimestamp(topic, key, good);
            case FAR_AHEAD -> farAhead(topic, key, good);
        };
    }

    /// One that nobody can use.
    Drawn refused(FloodTopic topic, byte[] key, byte[] value) {
        return new Drawn(topic, record(topic, anyTime(), key, value), EnumSet.allOf(Reader.class));
    }

    /// One that everybody can use.
    Drawn good(FloodTopic topic, String id) {
        return new Drawn(
                topic,
                record(topic, System.currentTimeMillis(), key(id), topic.good(drawn)),
                EnumSet.noneOf(Reader.class));
    }

    /// One of which only the decoder can say who can use it.
    private Drawn decided(FloodTopic topic, byte[] key, byte[] value) {
        Set<Reader> refusedBy = topic.readers();
        refusedBy.removeIf(reader -> topic.takes(reader, key, value));
        return new Drawn(topic, record(topic, System.currentTimeMillis(), key, value), refusedBy);
    }

    private byte[] flipped(byte[] value) {
        value[FloodTopic.FRAME + random.nextInt(value.length - FloodTopic.FRAME)] ^= (byte) (1 << random.nextInt(8));
        return value;
    }

    private byte[] overwritten(byte[] value) {
        for (int i = random.nextInt(16); i >= 0; i--) {
            value[FloodTopic.FRAME + random.nextInt(value.length - FloodTopic.FRAME)] = (byte) random.nextInt();
        }
        return value;
    }

    /// The beginning of one value and the end of another.
    private byte[] spliced(byte[] first, byte[] second) {
        int cut = random.nextInt(first.length + 1);
        int from = random.nextInt(second.length + 1);
        byte[] both = Arrays.copyOf(first, cut + second.length - from);
        System.arraycopy(second, from, both, cut, second.length - from);
        return both;
    }

    /// A length or a number of items of up to 2^63 somewhere in the value.
    private byte[] withHugeCount(byte[] value) {
        int at = FloodTopic.FRAME + random.nextInt(value.length - FloodTopic.FRAME);
        for (int i = 1 + random.nextInt(9); i > 0 && at < value.length - 1; i--) {
            value[at++] = (byte) (0x80 | random.nextInt(128));
        }
        value[at] = (byte) random.nextInt(128);
        return value;
    }

    private byte[] changed(byte[] key) {
        return random.nextBoolean()
                ? flippedBit(key)
                : Arrays.copyOf(key, Math.max(1, key.length - 3 + random.nextInt(6)));
    }

    private byte[] flippedBit(byte[] key) {
        key[random.nextInt(key.length)] ^= (byte) (1 << random.nextInt(8));
        return key;
    }

    /// One that claims to have returned from the dead letters for another application: all pass it over.
    private Drawn forOthers(FloodTopic topic, byte[] key, byte[] good) {
        ProducerRecord<byte[], byte[]> record = record(topic, System.currentTimeMillis(), key, good);
        record.headers()
                .add(Redriven.TOPIC, key(topic.name(topics)))
                .add(Redriven.APPLICATIONS, key(topics.prefix() + "other"));
        Set<Reader> passedOverBy = topic.readers();
        passedOverBy.remove(Reader.WEIGHTS);
        return new Drawn(topic, record, EnumSet.noneOf(Reader.class), passedOverBy);
    }

    private byte[] otherType(FloodTopic topic) {
        FloodTopic other =
                others.get(topic).get(random.nextInt(others.get(topic).size()));
        return other.good(drawn);
    }

    /// The topics whose records have another schema.
    private static Map<FloodTopic, List<FloodTopic>> others() {
        Map<FloodTopic, Integer> schemas = new EnumMap<>(FloodTopic.class);
        for (FloodTopic topic : FloodTopic.values()) {
            schemas.put(topic, ByteBuffer.wrap(topic.good(0)).getInt(1));
        }
        Map<FloodTopic, List<FloodTopic>> others = new EnumMap<>(FloodTopic.class);
        schemas.forEach((topic, schema) -> others.put(
                topic,
                schemas.keySet().stream()
                        .filter(other -> !schemas.get(other).equals(schema))
                        .toList()));
        return others;
    }

    private Drawn invalid(FloodTopic topic, byte[] key) {
        Invalid invalid = topic.invalid().get(random.nextInt(topic.invalid().size()));
        return new Drawn(topic, record(topic, System.currentTimeMillis(), key, invalid.value()), invalid.refusedBy());
    }

    /// It removes a holdout image, if there is one of its id.
    private Drawn nullValue(FloodTopic topic, byte[] key) {
        Set<Reader> refusedBy =
                topic == FloodTopic.HOLDOUT_IMAGES ? EnumSet.noneOf(Reader.class) : EnumSet.allOf(Reader.class);
        return new Drawn(topic, record(topic, System.currentTimeMillis(), key, null), refusedBy);
    }

    private byte[] badKey() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new byte[0];
            default -> new byte[] {'i', 'd', (byte) 0xff};
        };
    }

    private byte[] longKey() {
        return switch (random.nextInt(3)) {
            case 0 -> new byte[1_025];
            case 1 -> LONG_ENOUGH_FOR_A_PREFIX;
            default -> new byte[1 << (17 + random.nextInt(5))];
        };
    }

    private Drawn withHeaders(Kind kind, Drawn drawn) {
        if (kind == Kind.MANY_HEADERS) {
            for (int i = 0; i <= 100 + random.nextInt(1_000); i++) {
                drawn.record().headers().add("header-" + i, new byte[1]);
            }
        } else {
            drawn.record().headers().add("large", new byte[(64 << 10) + random.nextInt(3 << 20)]);
        }
        return drawn;
    }

    /// -1 is the one negative timestamp that Kafka's own producer sends.
    private Drawn withoutTimestamp(FloodTopic topic, byte[] key, byte[] good) {
        return new Drawn(
                topic, record(topic, ConsumerRecord.NO_TIMESTAMP, key, good), allBut(EnumSet.of(Reader.WEIGHTS)));
    }

    /// What the trainer learns is a function of the log: it looks at no clock.
    private Drawn farAhead(FloodTopic topic, byte[] key, byte[] good) {
        long time = System.currentTimeMillis() + DAY + random.nextLong(Long.MAX_VALUE / 2);
        return new Drawn(topic, record(topic, time, key, good), allBut(EnumSet.of(Reader.WEIGHTS, Reader.TRAINER)));
    }

    private static Set<Reader> allBut(EnumSet<Reader> others) {
        return EnumSet.complementOf(others);
    }

    private long anyTime() {
        return switch (random.nextInt(4)) {
            case 0 -> System.currentTimeMillis();
            case 1 -> random.nextLong(System.currentTimeMillis());
            case 2 -> ConsumerRecord.NO_TIMESTAMP;
            default -> random.nextLong() & Long.MAX_VALUE;
        };
    }

    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private ProducerRecord<byte[], byte[]> record(FloodTopic topic, long time, byte[] key, byte[] value) {
        String name = topic.name(topics);
        if (time != ConsumerRecord.NO_TIMESTAMP) {
            return new ProducerRecord<>(name, null, time, key, value);
        }
        // The producer refuses -1, but not of a record that says so late.
        return new ProducerRecord<>(name, key, value) {
            @Override
            public Long timestamp() {
                return ConsumerRecord.NO_TIMESTAMP;
            }
        };
    }
}
