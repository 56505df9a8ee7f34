package dev.inkstream.live;

import dev.inkstream.record.StateFormat;
import dev.inkstream.record.StateReader;
import java.util.ArrayList;
import java.util.List;

/// What one partition of the join has found since its last batch, and the time that it has come to. Goes through the
/// internal topic from the join to the sum. Immutable.
///
/// @param reported time up to which that partition can be reported, in milliseconds
/// @param arrivedAt latest arrival in that partition, in milliseconds
record CountedBatch(long reported, long arrivedAt, List<Counted> counted) {
    static final StateFormat FORMAT = new StateFormat("batch of the live join", 1, 2);

    /// @throws dev.inkstream.record.StateFormatException if the bytes are no batch
    static CountedBatch fromBytes(byte[] bytes) {
        return FORMAT.read(bytes, in -> new CountedBatch(in.number(), in.number(), items(in)));
    }

    /// Each item is an array block of its own, so that one can be appended to those before it.
    static List<Counted> items(StateReader in) {
        List<Counted> items = new ArrayList<>();
        for (int block = in.array(); block > 0; block = in.array()) {
            for (int i = 0; i < block; i++) {
                items.add(Counted.read(in));
            }
        }
        return items;
    }
}
