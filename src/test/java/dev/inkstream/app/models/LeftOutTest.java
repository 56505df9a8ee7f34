package dev.inkstream.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private final List<String> notices = new ArrayList<>();

    @Test
    void aRecordThatIsReadTwiceIsReportedOnce() {
        read(LeftOut.once(notices::add), 3);

        assertThat(notices)
                .containsExactly(
                        "versions-0@0 is left out: it is bad",
                        "versions-0@1 is left out: it is bad",
                        "versions-0@2 is left out: it is bad");
    }

    @Test
    void aFloodIsReportedInPart() {
        read(LeftOut.once(notices::add), 1_000);
        assertThat(notices).hasSize(100);
    }

    private static void read(LeftOut leftOut, int records) {
        Consumer<ConsumerRecord<byte[], byte[]>> bad = leftOut.around(record -> {
            throw new InvalidRecordException(RejectReason.UNDECODABLE, "it is bad");
        });
        for (int attempt = 0; attempt < 2; attempt++) {
            for (int offset = 0; offset < records; offset++) {
                bad.accept(new ConsumerRecord<>("versions", 0, offset, null, null));
            }
        }
    }
}
