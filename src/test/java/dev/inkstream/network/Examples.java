package dev.inkstream.network;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/// Made-up examples, mostly zeros as ink on paper is, the same for the same seed.
record Examples(List<Example> list) implements Iterable<Examples.Example> {
    record Example(byte[] pixels, int label) {}

    static Examples of(NetworkShape shape, int count, long seed) {
        Random random = new Random(seed);
        List<Example> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(new Example(pixels(shape.inputs(), random), random.nextInt(shape.outputs())));
        }
        return new Examples(list);
    }

    static byte[] pixels(int count, Random random) {
        byte[] pixels = new byte[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (byte) (random.nextInt(10) < 7 ? 0 : random.nextInt(256));
        }
        return pixels;
    }

    @Override
    public Iterator<Example> iterator() {
        return list.iterator();
    }

    Example first() {
        return list.getFirst();
    }

    void teach(Learner learner) {
        forEach(example -> learner.learn(example.pixels(), example.label()));
    }

    Examples from(int index) {
        return new Examples(list.subList(index, list.size()));
    }

    Examples to(int index) {
        return new Examples(list.subList(0, index));
    }
}
