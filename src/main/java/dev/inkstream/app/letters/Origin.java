package dev.inkstream.app.letters;

/// Where the record of a dead letter was read from. Immutable.
record Origin(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
