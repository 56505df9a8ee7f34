package dev.inkstream.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// The line a pen draws, as points close together. Mutable scratch, not thread-safe.
final class PenPath {
    /// Steps from one point of a stroke to the next.
    private static final int STEPS = 4;

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

    /// The longer side of the smallest upright box around the path.
    double extent() {
        return Math.max(range(x), range(y));
    }

    private double range(double[] coordinate) {
        double min = coordinate[0];
        double max = coordinate[0];
        for (int i = 1; i < size; i++) {
            min = Math.min(min, coordinate[i]);
            max = Math.max(max, coordinate[i]);
        }
        return max - min;
    }

    /// The centre of mass of the ink, in one coordinate.
    double centre(IntToDoubleFunction coordinate) {
        double mass = 0;
        double moment = 0;
        for (int i = 1; i < size; i++) {
            if (drawn[i]) {
                double dx = x[i] - x[i - 1];
                double dy = y[i] - y[i - 1];
                double length = Math.sqrt(dx * dx + dy * dy);
                mass += length;
                moment += length * (coordinate.applyAsDouble(i) + coordinate.applyAsDouble(i - 1)) / 2;
            }
        }
        return mass > 0 ? moment / mass : coordinate.applyAsDouble(0);
    }

    /// Adds a stroke: a spline from corner to corner, which it passes through, along the points between them.
    void add(List<Stroke.Point> points) {
        append(points.getFirst().x(), points.getFirst().y(), false);
        for (int i = 1; i < points.size(); i++) {
            Stroke.Point from = points.get(i - 1);
            Stroke.Point to = points.get(i);
            Stroke.Point before = i == 1 || from.corner() ? beyond(to, from) : points.get(i - 2);
            Stroke.Point after = i == points.size() - 1 || to.corner() ? beyond(from, to) : points.get(i + 1);
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                append(
                        spline(before.x(), from.x(), to.x(), after.x(), t),
                        spline(before.y(), from.y(), to.y(), after.y(), t),
                        true);
            }
        }
    }

    /// The point as far behind a corner as the next point lies before it: with it a spline ends in the corner.
    private static Stroke.Point beyond(Stroke.Point next, Stroke.Point corner) {
        return new Stroke.Point(2 * corner.x() - next.x(), 2 * corner.y() - next.y(), true);
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

    /// From near `b` (`t` = 0) to near `c` (`t` = 1) in one coordinate: the mean of the uniform Catmull-Rom spline,
    /// which passes through the points and is a little angular, and the uniform B-spline, which cuts corners.
    private static double spline(double a, double b, double c, double d, double t) {
        double constant = (a + 10 * b + c) / 12;
        double linear = (c - a) / 2;
        double square = (3 * a - 7 * b + 5 * c - d) / 4;
        double cube = (d - a + 3 * (b - c)) / 3;
        return constant + t * (linear + t * (square + t * cube));
    }
}
