package dev.inkstream.app.bench;

import dev.inkstream.codec.AvroSerdes;
import dev.inkstream.codec.SchemaRegistry;
import dev.inkstream.stream.ImageFormat;
import dev.inkstream.stream.Topics;
import dev.inkstream.stream.intake.DeadLetterSink;
import dev.inkstream.stream.intake.DecodeProcessor;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/// A topology that does a part of a role's work, from the same topics and with the same processors: what the role
/// costs beyond it is the rest.
record CopyTopology(Topics topics, ImageFormat format, SchemaRegistry registry, DeadLetterSink deadLetters) {
    private static final String READ = "read-images";
    private static final String DECODE = "decode-image";
    private static final String DROP = "drop-image";
    private static final String WRITE = "write-images";

    /// Builds it; starts nothing.
    Topology get(CopyMode mode) {
        Topology topology = new Topology();
        switch (mode) {
            case PASS_THROUGH -> passThrough(topology);
            case COPY -> copy(topology);
            case DECODE -> decode(topology);
        }
        return topology;
    }

    private void passThrough(Topology topology) {
        topics.images().addSource(topology, READ);
        topology.addSink(
                WRITE, topics.predictions().name(), new ByteArraySerializer(), new ByteArraySerializer(), READ);
    }

    private void copy(Topology topology) {
        AvroSerdes serdes = new AvroSerdes(registry);
        topics.images().addSource(topology, READ);
        topology.addProcessor(
                DECODE,
                DecodeProcessor.supplier(() -> topics.images().decoder(serdes, format::check), WRITE, deadLetters),
                READ);
        topology.addSink(
                WRITE,
                topics.predictions().name(),
                new StringSerializer(),
                serdes.image().serializer(),
                DECODE);
        topics.deadLetters().addSink(topology, DeadLetterSink.SINK, serdes, DECODE);
    }

    private void decode(Topology topology) {
        AvroSerdes serdes = new AvroSerdes(registry);
        topics.labeledImages().addSource(topology, READ);
        topology.addProcessor(
                DECODE,
                DecodeProcessor.withoutClock(
                        () -> topics.labeledImages().decoder(serdes, format::check), DROP, deadLetters),
                READ);
        topology.addProcessor(DROP, Drop::new, DECODE);
        topics.deadLetters().addSink(topology, DeadLetterSink.SINK, serdes, DECODE);
    }

    private static final class Drop implements Processor<Object, Object, Void, Void> {
        @Override
        public void process(Record<Object, Object> record) {
            // It has been decoded, and that is all.
        }
    }
}
