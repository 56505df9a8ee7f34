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

    /// Draws a straight line with a round pen.
    ///
    /// @param radius half the pen's width, in pixels
    void line(double fromX, double fromY, double toX, double toY, double radius) {
        double reach = radius + 0.5;
        int left = pixel(Math.min(fromX, toX) - reach);
        int right = pixel(Math.max(fromX, toX) + reach);
        int top = pixel(Math.min(fromY, toY) - reach);
        int bottom = pixel(Math.max(fromY, toY) + reach);
        double dx = toX - fromX;
        double dy = toY - fromY;
        double inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double px = column + 0.5 - fromX;
                double py = row + 0.5 - fromY;
                double t = Math.clamp((px * dx + py * dy) * inverse, 0.0, 1.0);
                double ex = px - t * dx;
                double ey = py - t * dy;
                double covered = Math.min(reach - Math.sqrt(ex * ex + ey * ey), 1);
                int at = row * side + column;
                ink[at] = Math.max(ink[at], covered);
            }
        }
    }

    private int pixel(double coordinate) {
        return Math.clamp((long) Math.floor(coordinate), 0, side - 1);
    }
}
