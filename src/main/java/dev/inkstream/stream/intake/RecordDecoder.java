package dev.inkstream.stream.intake;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelDecision;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.WeightSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// The one decode-and-validate step: bytes of a record to a key and a value that can be used. Every
/// reader of a topic, in a topology or beside it, uses it. A signature is checked before the value is decoded. Not
/// thread-safe.
///
/// @param <T> what a good record becomes
public final class RecordDecoder<T> {
    public static final int MAX_KEY_BYTES = IntakeLimits.ID_BYTES;

    /// Ends the key of a version that runs beside the one that serves.
    public static final String SHADOW = "@shadow";

    private final String topic;
    private final Admission admission;
    private final Step<T> step;

    /// From the bytes of a key and a value to what is used of them.
    @FunctionalInterface
    private interface Step<T> {
        T apply(byte[] key, byte[] value);
    }

    /// What a record turned out to hold.
    public record Decoded<T>(String key, T value) {}

    /// Of a topic with the usual admission.
    ///
    /// @param use gives what the role uses of a value, or throws [InvalidRecordException] if this model cannot use it
    public <V> RecordDecoder(String topic, Deserializer<V> deserializer, Function<V, T> use) {
        this(topic, deserializer, use, Admission.USUAL);
    }

    /// @param use gives what the role uses of a value, or throws [InvalidRecordException] if this model cannot use it
    public <V> RecordDecoder(String topic, Deserializer<V> deserializer, Function<V, T> use, Admission admission) {
        this.topic = topic;
        this.admission = admission;
        step = (key, bytes) -> {
            V value = deserializer.deserialize(topic, bytes);
            if (value instanceof WeightSnapshot snapshot) {
                admission.checkKey(key(key), snapshot);
            } else if (value instanceof ModelDecision decision) {
                Admission.checkKey(key(key), decision);
            }
            return use.apply(value);
        };
    }

    /// Decodes a record that a topology reads.
    ///
    /// @throws InvalidRecordException if the record cannot be used
    public Decoded<T> decode(Record<byte[], byte[]> record) {
        return decode(record.headers(), record.key(), record.value());
    }

    /// Decodes a record that a consumer reads.
    ///
    /// @throws InvalidRecordException if the record cannot be used
    public Decoded<T> decode(ConsumerRecord<byte[], byte[]> record) {
        return decode(record.headers(), record.key(), record.value());
    }

    /// Decodes the parts of a record.
    ///
    /// @throws InvalidRecordException if the record cannot be used
    public Decoded<T> decode(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        Cut.check(headers);
        String id = key(key);
        return new Decoded<>(id, value(headers, Objects.requireNonNull(key), value));
    }

    /// Decodes the value of a record that a topology reads, whose key is only passed on. It rejects what [#decode]
    /// rejects.
    ///
    /// @throws InvalidRecordException if the record cannot be used
    public T decodeValue(Record<byte[], byte[]> record) {
        Cut.check(record.headers());
        return value(record.headers(), checkKey(record.key()), record.value());
    }

    private T value(Headers headers, byte[] key, byte @Nullable [] value) {
        if (value == null) {
            throw new InvalidRecordException(RejectReason.NULL_VALUE, "value is null");
        }
        admission.trust().check(topic, headers, key, value);
        return step.apply(key, value);
    }

    /// Checks a record without a value, which [#decode] refuses: its headers and its signature.
    ///
    /// @throws InvalidRecordException if the record cannot be used
    public void checkTombstone(Headers headers, byte[] key) {
        Cut.check(headers);
        admission.trust().check(topic, headers, key, null);
    }

    /// The key alone.
    ///
    /// @throws InvalidRecordException if there is none, or it is not text
    public static String key(byte @Nullable [] key) {
        byte[] text = present(key);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRecordException(RejectReason.UNDECODABLE, "key is not UTF-8 text");
        }
    }

    /// The same check for a key that is only passed on. One in ASCII, as most are, is read without an object.
    private static byte[] checkKey(byte @Nullable [] key) {
        byte[] text = present(key);
        for (byte each : text) {
            if (each < 0) {
                var _ = key(text);
                break;
            }
        }
        return text;
    }

    private static byte[] present(byte @Nullable [] key) {
        if (key == null || key.length == 0) {
            throw new InvalidRecordException(RejectReason.NULL_KEY, "key is null or empty; it must be an id");
        }
        if (key.length > MAX_KEY_BYTES) {
            throw new InvalidRecordException(
                    RejectReason.LONG_KEY, "key has " + key.length + " bytes; it must have at most " + MAX_KEY_BYTES);
        }
        return key;
    }
}
