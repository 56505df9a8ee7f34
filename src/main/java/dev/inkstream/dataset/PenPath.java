package dev.inkstream.dataset;

import java.util.Arrays;
import java.util.List;

/// The line a pen draws, as points close together. Mutable scratch, not thread-safe.
final class PenPath {
    /// Steps from one point of a stroke to the next.
    private static final int STEPS = 6;

    private double[] x = new double[64];
    private double[] y = new double[64];
    /// Whether the pen was on the paper on its way to the point from the one before.
    private boolean[] drawn = new boolean[64];
    private int size;

    int size() {
        return size;
    }

    double x(int i) {
        return x[i];
    }

    double y(int i) {
        return y[i];
    }

    /// Whether there is ink between point `i - 1` and point `i`.
    boolean drawn(int i) {
        return drawn[i];
    }

    void move(int i, double newX, double newY) {
        x[i] = newX;
        y[i] = newY;
    }

    /// Adds a stroke: a Catmull-Rom spline through the points between two corners, from corner to corner.
    void add(List<Stroke.Point> points) {
        append(points.getFirst().x(), points.getFirst().y(), false);
        for (int i = 1; i < points.size(); i++) {
            Stroke.Point from = points.get(i - 1);
            Stroke.Point to = points.get(i);
            Stroke.Point before = i == 1 || from.corner() ? from : points.get(i - 2);
            Stroke.Point after = i == points.size() - 1 || to.corner() ? to : points.get(i + 1);
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                append(
                        spline(before.x(), from.x(), to.x(), after.x(), t),
                        spline(before.y(), from.y(), to.y(), after.y(), t),
                        true);
            }
        }
    }

    private void append(double newX, double newY, boolean inked) {
        if (size == x.length) {
            x = Arrays.copyOf(x, 2 * size);
            y = Arrays.copyOf(y, 2 * size);
            drawn = Arrays.copyOf(drawn, 2 * size);
        }
        x[size] = newX;
        y[size] = newY;
        drawn[size] = inked;
        size++;
    }

    /// The uniform Catmull-Rom spline from `b` (`t` = 0) to `c` (`t` = 1), in one coordinate.
    private static double spline(double a, double b, double c, double d, double t) {
        double linear = c - a;
        double square = 2 * a - 5 * b + 4 * c - d;
        double cube = 3 * (b - c) + d - a;
        return b + 0.5 * t * (linear + t * (square + t * cube));
    }
}
