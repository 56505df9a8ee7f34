package dev.inkstream.dataset;

/// Ink on a square of pixels: each pixel takes as much as the round pen covers of it where it covers it most.
/// Mutable scratch, not thread-safe.
final class Raster {
    private final int side;
    /// Shape `[side][side]`, each 0 to 1; the middle of pixel (0, 0) is at (0.5, 0.5).
    private final double[] ink;

    Raster(int side) {
        this.side = side;
        this.ink = new double[side * side];
    }

    double ink(int pixel) {
        return ink[pixel];
    }

    /// Draws the straight line from point `i - 1` of a path, in pixels, to point `i` with a round pen.
    ///
    /// @param radius half the pen's width, in pixels
    void line(PenPath path, int i, double radius) {
        double fromX = path.x(i - 1);
        double fromY = path.y(i - 1);
        double toX = path.x(i);
        double toY = path.y(i);
        double reach = radius + 0.5;
        int left = pixel(Math.min(fromX, toX) - reach);
        int right = pixel(Math.max(fromX, toX) + reach);
        int top = pixel(Math.min(fromY, toY) - reach);
        int bottom = pixel(Math.max(fromY, toY) + reach);
        double dx = toX - fromX;
        double dy = toY - fromY;
        double length = dx * dx + dy * dy;
        double inverse = length > 0 ? 1 / length : 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double px = column + 0.5 - fromX;
                double py = row + 0.5 - fromY;
                double along = Math.clamp((px * dx + py * dy) * inverse, 0.0, 1.0);
                double ex = px - along * dx;
                double ey = py - along * dy;
                cover(row * side + column, reach, ex * ex + ey * ey);
            }
        }
    }

    private void cover(int pixel, double reach, double squaredDistance) {
        if (squaredDistance < reach * reach) {
            double covered = reach - Math.sqrt(squaredDistance);
            if (covered > ink[pixel]) {
                ink[pixel] = covered < 1 ? covered : 1;
            }
        }
    }

    private int pixel(double coordinate) {
        return Math.clamp((long) Math.floor(coordinate), 0, side - 1);
    }
}
