package dev.inkstream.dataset;

import java.util.List;

/// One person's way of writing one digit once: everything random about a drawn digit. Not thread-safe.
///
/// Uses plain arithmetic, square roots and [StrictMath] alone, so that a seed gives the same bytes on every machine.
final class Handwriting {
    private static final int SIDE = ImageSize.MNIST.width();
    /// MNIST fits its digits into 20x20 pixels and puts their centre of mass into the middle of 28x28.
    private static final double BOX = 20;

    private final SplitMix64 random;
    private final double carelessness;

    Handwriting(SplitMix64 random) {
        this.random = random;
        this.carelessness = random.between(1, 4.2);
    }

    /// Draws a digit.
    ///
    /// @param into where to, from `offset` on, `28 * 28` unsigned bytes
    void draw(int digit, byte[] into, int offset) {
        List<List<Stroke>> styles = DigitStyles.of(digit);
        PenPath path = new PenPath();
        for (Stroke stroke : styles.get(random.nextInt(styles.size()))) {
            path.add(stroke.points().stream().map(this::jittered).toList());
        }
        bend(path);
        tilt(path);
        double radius = random.between(0.85, 1.95);
        fit(path, radius);
        ink(path, radius, into, offset);
    }

    private Stroke.Point jittered(Stroke.Point point) {
        return new Stroke.Point(
                point.x() + random.bell(carelessness), point.y() + random.bell(carelessness), point.corner());
    }

    /// Bends the page in a slow wave along each axis.
    private void bend(PenPath path) {
        double waveX = random.bell(4.5);
        double waveY = random.bell(4.5);
        double phaseX = random.between(0, 2 * Math.PI);
        double phaseY = random.between(0, 2 * Math.PI);
        for (int i = 0; i < path.size(); i++) {
            double x = path.x(i);
            double y = path.y(i);
            path.move(i, x + waveX * StrictMath.sin(y / 16 + phaseX), y + waveY * StrictMath.sin(x / 12 + phaseY));
        }
    }

    /// Narrows, slants (most people lean right) and turns the page.
    private void tilt(PenPath path) {
        double aspect = random.between(0.75, 1.5);
        double slant = 0.15 + random.bell(0.22);
        double angle = random.bell(0.13);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        for (int i = 0; i < path.size(); i++) {
            double x = aspect * path.x(i) - slant * path.y(i);
            double y = path.y(i);
            path.move(i, cos * x - sin * y, sin * x + cos * y);
        }
    }

    /// Scales the path to MNIST's box and moves its centre of mass near the middle of the image.
    private void fit(PenPath path, double radius) {
        double room = (BOX - 2 * radius) * random.between(0.88, 1.02);
        double scale = room / path.extent();
        double shiftX = SIDE / 2.0 + random.bell(0.7) - scale * path.centre(path::x);
        double shiftY = SIDE / 2.0 + random.bell(0.7) - scale * path.centre(path::y);
        for (int i = 0; i < path.size(); i++) {
            path.move(i, scale * path.x(i) + shiftX, scale * path.y(i) + shiftY);
        }
    }

    /// Inks the path with a pen whose pressure changes slowly, on paper with a little grain.
    private void ink(PenPath path, double radius, byte[] into, int offset) {
        Raster raster = new Raster(SIDE);
        double phase = random.between(0, 2 * Math.PI);
        double pressure = random.between(0, 0.3);
        for (int i = 1; i < path.size(); i++) {
            if (path.drawn(i)) {
                double pen = radius * (1 + pressure * StrictMath.sin(i / 6.0 + phase));
                raster.line(path, i, pen);
            }
        }
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            double ink = raster.ink(pixel);
            if (ink > 0) {
                into[offset + pixel] = (byte) (int) (255 * ink * (1 - 0.12 * random.nextDouble()) + 0.5);
            }
        }
    }
}
