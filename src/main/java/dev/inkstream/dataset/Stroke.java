package dev.inkstream.dataset;

import java.util.Arrays;
import java.util.List;

/// What a pen draws without being lifted: points on a page 60 wide and 100 high, y downwards. The pen runs through
/// all of them, smoothly but for the corners.
///
/// @param points the first and the last are corners, whatever they say; at least two
record Stroke(List<Point> points) {
    /// A point the pen runs through; at a corner it changes its direction at once.
    record Point(double x, double y, boolean corner) {
        private static Point parse(String text) {
            boolean corner = text.endsWith("!");
            int comma = text.indexOf(',');
            double x = Double.parseDouble(text.substring(0, comma));
            double y = Double.parseDouble(text.substring(comma + 1, text.length() - (corner ? 1 : 0)));
            return new Point(x, y, corner);
        }
    }

    Stroke {
        if (points.size() < 2) {
            throw new IllegalArgumentException("points has " + points.size() + " points; it must have at least 2");
        }
        points = List.copyOf(points);
    }

    /// Parses strokes parted by `;`, each of points `x,y` parted by blanks, a corner marked by `!`.
    static List<Stroke> parse(String strokes) {
        return Arrays.stream(strokes.split(";"))
                .map(stroke -> new Stroke(Arrays.stream(stroke.strip().split(" +"))
                        .map(Point::parse)
                        .toList()))
                .toList();
    }
}
