package dev.inkstream.app.verify;

import dev.inkstream.trainer.LabeledExamples;
import dev.inkstream.trainer.LabeledExamples.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads and decodes in a thread of its own, ahead of the sink by a few megabytes. The sink is called by the caller's
/// thread, in the order of the log.
public record ReadAhead(ExampleLog log) implements ExampleLog {
    private static final int BATCHES = 8;
    private static final int BATCH_EXAMPLES = 256;
    private static final int BATCH_PIXELS = 1 << 19;

    /// Ends the queue.
    private static final List<Example> LAST = List.of();

    @Override
    public String topic() {
        return log.topic();
    }

    @Override
    public long first() {
        return log.first();
    }

    @Override
    public long end() {
        return log.end();
    }

    @Override
    public void read(long from, long to, LabeledExamples.Sink sink) {
        BlockingQueue<List<Example>> queue = new ArrayBlockingQueue<>(BATCHES);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> reading = thread.submit(() -> fill(queue, from, to));
            try {
                drain(queue, sink);
                reading.get();
            } finally {
                // It has ended by itself, or nobody wants the rest.
                reading.cancel(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while reading " + topic());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private static void drain(BlockingQueue<List<Example>> queue, LabeledExamples.Sink sink)
            throws InterruptedException {
        for (List<Example> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            for (Example example : batch) {
                sink.take(example);
            }
        }
    }

    private void fill(BlockingQueue<List<Example>> queue, long from, long to) {
        Batches batches = new Batches(queue);
        try {
            log.read(from, to, batches::add);
            batches.send();
        } finally {
            put(queue, LAST);
        }
    }

    private static void put(BlockingQueue<List<Example>> queue, List<Example> batch) {
        try {
            queue.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("nobody takes the examples");
        }
    }

    /// Not thread-safe.
    private static final class Batches {
        private final BlockingQueue<List<Example>> queue;
        private List<Example> open = new ArrayList<>();
        private int pixels;

        private Batches(BlockingQueue<List<Example>> queue) {
            this.queue = queue;
        }

        private void add(Example example) {
            open.add(example);
            pixels += example.image().image().pixels().length();
            if (open.size() == BATCH_EXAMPLES || pixels >= BATCH_PIXELS) {
                send();
            }
        }

        private void send() {
            if (!open.isEmpty()) {
                put(queue, open);
                open = new ArrayList<>();
                pixels = 0;
            }
        }
    }
}
