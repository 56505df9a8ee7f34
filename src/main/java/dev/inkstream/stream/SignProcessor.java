package dev.inkstream.stream;

import dev.inkstream.signature.Signer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Serializes a record and signs its bytes. Not thread-safe.
final class SignProcessor<K, V> implements Processor<K, V, byte[], byte[]> {
    private final String topic;
    private final Serializer<K> keys;
    private final Serializer<V> values;
    private final Signer signer;
    private ProcessorContext<byte[], byte[]> context;

    SignProcessor(String topic, Serializer<K> keys, Serializer<V> values, Signer signer) {
        this.topic = topic;
        this.keys = keys;
        this.values = values;
        this.signer = signer;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<K, V> record) {
        Headers headers = new RecordHeaders(record.headers());
        byte[] key = keys.serialize(topic, headers, record.key());
        byte @Nullable [] value = record.value() == null ? null : values.serialize(topic, headers, record.value());
        signer.sign(topic, headers, key, value);
        context.forward(record.withKey(key).withValue(value).withHeaders(headers));
    }
}
