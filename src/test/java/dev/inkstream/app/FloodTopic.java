package dev.inkstream.app;

import dev.inkstream.record.ImageRecord;
import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.Label;
import dev.inkstream.record.LabeledImage;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.Prediction;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topic;
import dev.inkstream.stream.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;

/// A topic of a flood: who reads it, what a good record is, and which decodable ones are not.
enum FloodTopic {
    IMAGES(Topics::images, Set.of(Reader.CLASSIFIER, Reader.LABELER)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.image(), IMAGE);
        }

        @Override
        List<Invalid> invalid() {
            return List.of(
                    new Invalid(replaced(good(0), 4, 6, 8), readers()), // 2x3, but 4 pixels
                    new Invalid(replaced(good(0), 0, 0, 0), readers()), // 0x0
                    // The labeler works for every model.
                    new Invalid(
                            bytes(Cluster.SERDES.image(), new ImageRecord(3, 3, new byte[9], Instant.EPOCH)),
                            EnumSet.of(Reader.CLASSIFIER)));
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return decodes(
                    Cluster.SERDES.image(),
                    value,
                    image -> reader == Reader.LABELER || (image.width() == 2 && image.height() == 2));
        }
    },
    LABELS(Topics::labels, Set.of(Reader.EVALUATOR, Reader.LABELER)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.label(), new Label(1, Instant.EPOCH));
        }

        @Override
        List<Invalid> invalid() {
            return List.of(
                    new Invalid(replaced(good(0), 1), readers()), // -1
                    // A class of another model's.
                    new Invalid(replaced(good(0), 4), EnumSet.of(Reader.EVALUATOR)));
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return decodes(Cluster.SERDES.label(), value, label -> reader == Reader.LABELER || label.label() < CLASSES);
        }
    },
    LABELED_IMAGES(Topics::labeledImages, Set.of(Reader.TRAINER)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.labeledImage(), LABELED);
        }

        @Override
        List<Invalid> invalid() {
            return invalidLabeled();
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return takesLabeled(value);
        }
    },
    HOLDOUT_IMAGES(Topics::holdoutImages, Set.of(Reader.EVALUATOR)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.labeledImage(), LABELED);
        }

        @Override
        List<Invalid> invalid() {
            return invalidLabeled();
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return takesLabeled(value);
        }
    },
    WEIGHT_SNAPSHOTS(Topics::weightSnapshots, Set.of(Reader.EVALUATOR)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.weightSnapshot(), Samples.snapshot(MODEL, 1));
        }

        @Override
        List<Invalid> invalid() {
            return FloodSnapshots.invalid();
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return FloodSnapshots.takes(value);
        }
    },
    SERVING_WEIGHTS(Topics::servingWeights, Set.of(Reader.WEIGHTS)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.weightSnapshot(), Samples.snapshot(MODEL, 1));
        }

        @Override
        List<Invalid> invalid() {
            return FloodSnapshots.invalid();
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return FloodSnapshots.takes(value);
        }
    },
    PREDICTIONS(Topics::predictions, Set.of(Reader.EVALUATOR)) {
        @Override
        byte[] good(int number) {
            return bytes(Cluster.SERDES.prediction(), Samples.prediction("id", Samples.id(MODEL, 1)));
        }

        @Override
        List<Invalid> invalid() {
            Prediction third = new Prediction(
                    "id", 2, new float[3], Samples.id(MODEL, 1), new Prediction.Position(0, 0), Instant.EPOCH);
            return List.of(new Invalid(bytes(Cluster.SERDES.prediction(), third), readers()));
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return decodes(
                    Cluster.SERDES.prediction(),
                    value,
                    prediction -> !prediction.model().model().equals(MODEL) || prediction.label() < CLASSES);
        }
    },
    MODEL_COMMANDS(Topics::modelCommands, Set.of(Reader.EVALUATOR)) {
        @Override
        byte[] good(int number) {
            Request request = switch (number / count() % 5) {
                case 0 -> new Request.Promote(1);
                case 1 -> new Request.Rollback(OptionalLong.empty());
                case 2 -> new Request.Pin(2);
                case 3 -> new Request.Follow();
                default -> new Request.Alias("challenger", 1);
            };
            return bytes(
                    Cluster.SERDES.modelCommand(),
                    new ModelCommand("command-" + number, MODEL, request, "ann@host", "", Instant.EPOCH));
        }

        @Override
        List<Invalid> invalid() {
            return List.of(new Invalid(replaced(good(0), 0), readers())); // an empty id
        }

        @Override
        boolean takes(Reader reader, byte[] value) {
            return decodes(Cluster.SERDES.modelCommand(), value, command -> true);
        }
    };

    /// Whatever reads a topic.
    enum Reader {
        CLASSIFIER("classifier-" + FloodTopic.MODEL),
        TRAINER("trainer-" + FloodTopic.MODEL),
        EVALUATOR("evaluator-" + FloodTopic.MODEL),
        LABELER("labeler"),
        /// The part of the classifier that reads `serving-weights`: what it refuses is counted, and no dead letter.
        WEIGHTS("");

        private final String application;

        Reader(String application) {
            this.application = application;
        }

        /// Of its dead letters, without the topics' prefix.
        String application() {
            return application;
        }
    }

    /// A record that can be decoded but not used.
    ///
    /// @param refusedBy those that cannot use it
    record Invalid(byte[] value, Set<Reader> refusedBy) {}

    static final String MODEL = "digits";

    private static final int CLASSES = 2;
    static final ImageFormat FORMAT = new ImageFormat(2, 2, CLASSES);
    private static final ImageRecord IMAGE = new ImageRecord(2, 2, new byte[] {0, 70, 0, -1}, Instant.EPOCH);
    private static final LabeledImage LABELED = new LabeledImage(IMAGE, 1);

    /// Bytes before the Avro body: a zero and the schema's id.
    static final int FRAME = 5;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
    private final Function<Topics, Topic<?, ?>> topic;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Reader> readers;

    private static final List<FloodTopic> ALL = List.of(values());

    FloodTopic(Function<Topics, Topic<?, ?>> topic, Set<Reader> readers) {
        this.topic = topic;
        this.readers = readers;
    }

    /// One of them, the first again behind the last.
    static FloodTopic at(int turn) {
        return ALL.get(turn % ALL.size());
    }

    static int count() {
        return ALL.size();
    }

    String name(Topics topics) {
        return topic.apply(topics).name();
    }

    Set<Reader> readers() {
        return EnumSet.copyOf(readers);
    }

    /// Whether records are keyed by the model's name.
    boolean isOfModels() {
        return this == WEIGHT_SNAPSHOTS || this == SERVING_WEIGHTS || this == MODEL_COMMANDS;
    }

    /// The value of a record that each reader can use.
    ///
    /// @param number of a command, whose id it becomes; other values are always the same
    abstract byte[] good(int number);

    abstract List<Invalid> invalid();

    /// Whether a reader can use a record whose key and value were changed somewhere.
    boolean takes(Reader reader, byte[] key, byte[] value) {
        return isText(key)
                && (!hasSnapshots() || new String(key, StandardCharsets.UTF_8).equals(MODEL))
                && takes(reader, value);
    }

    private boolean hasSnapshots() {
        return this == WEIGHT_SNAPSHOTS || this == SERVING_WEIGHTS;
    }

    private static boolean isText(byte[] key) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key));
            return key.length > 0 && key.length <= 1_024;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// Whether a reader can use a value that was changed somewhere, if it has the key of a good one.
    abstract boolean takes(Reader reader, byte[] value);

    private static List<Invalid> invalidLabeled() {
        byte[] good = bytes(Cluster.SERDES.labeledImage(), LABELED);
        byte[] negative = good.clone();
        negative[good.length - 1] = 1; // -1
        byte[] third = good.clone();
        third[good.length - 1] = 4; // 2
        Set<Reader> all = EnumSet.allOf(Reader.class);
        return List.of(
                new Invalid(negative, all), new Invalid(third, all), new Invalid(replaced(good, 6, 4, 8), all)); // 3x2
    }

    private static boolean takesLabeled(byte[] value) {
        return decodes(
                Cluster.SERDES.labeledImage(),
                value,
                labeled -> labeled.image().width() == 2 && labeled.image().height() == 2 && labeled.label() < CLASSES);
    }

    static <V> boolean decodes(Serde<V> serde, byte[] value, Predicate<V> usable) {
        try {
            return usable.test(serde.deserializer().deserialize("", value));
        } catch (InvalidRecordException e) {
            return false;
        }
    }

    static <V> byte[] bytes(Serde<V> serde, V value) {
        return serde.serializer().serialize("", value);
    }

    /// A good value with other first bytes behind its frame.
    private static byte[] replaced(byte[] good, int... body) {
        byte[] changed = Arrays.copyOf(good, good.length);
        for (int i = 0; i < body.length; i++) {
            changed[FRAME + i] = (byte) body[i];
        }
        return changed;
    }
}
