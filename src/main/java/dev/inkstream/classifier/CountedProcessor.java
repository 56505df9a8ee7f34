package dev.inkstream.classifier;

import io.micrometer.core.instrument.Counter;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Counts each record that is read, whatever becomes of it.
record CountedProcessor(Counter read, Processor<byte[], byte[], Object, Object> next)
        implements Processor<byte[], byte[], Object, Object> {
    @Override
    public void init(ProcessorContext<Object, Object> context) {
        next.init(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        read.increment();
        next.process(record);
    }

    @Override
    public void close() {
        next.close();
    }
}
