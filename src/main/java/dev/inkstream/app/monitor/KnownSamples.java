package dev.inkstream.app.monitor;

import java.util.ArrayList;
import java.util.List;

/// Takes out of a scrape what has no value: Prometheus would keep NaN as a value, and compute with it.
final class KnownSamples {
    private static final String NO_VALUE = " NaN";

    private KnownSamples() {}

    /// The lines of a scrape without the samples that are NaN, and without the heads of metrics that have no other.
    static String of(String scrape) {
        StringBuilder known = new StringBuilder(scrape.length());
        List<String> head = new ArrayList<>();
        for (String line : scrape.lines().toList()) {
            if (line.startsWith("#")) {
                if (line.startsWith("# HELP ")) {
                    head.clear();
                }
                head.add(line);
            } else if (!line.endsWith(NO_VALUE)) {
                head.forEach(each -> known.append(each).append('\n'));
                head.clear();
                known.append(line).append('\n');
            }
        }
        return known.toString();
    }
}
