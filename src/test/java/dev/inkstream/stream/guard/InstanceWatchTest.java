package dev.inkstream.stream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// A guard topic that other instances write to as well: each poll returns after 3 ms, with a record of theirs.
class InstanceWatchTest {
    private static final GuardTopic TOPIC = new GuardTopic("app");
    private static final byte[] NOISE = "offset/images/0".getBytes(StandardCharsets.UTF_8);
    private static final Uuid FIRST = new Uuid(1, 1);
    private static final Uuid SECOND = new Uuid(2, 2);

    private static final HostProcess KILLED = new HostProcess("here", 11, 1_100);
    private static final HostProcess PAUSED = new HostProcess("here", 12, 1_200);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<InstanceRecord> written = new ArrayList<>();
    private final Map<Integer, InstanceRecord> later = new TreeMap<>();
    private final Set<HostProcess> dead = new HashSet<>();
    private int millis;
    private long offset;
    private boolean silent;
    private int diesAt = Integer.MAX_VALUE;

    @Test
    void aProcessThatWritesTwiceASecondIsAlive() {
        written(FIRST, true);
        later.put(499, record(FIRST, true));
        assertThatExceptionOfType(InstanceInUseException.class)
                .isThrownBy(() -> start("trainer-1"))
                .withMessage("instance trainer of app is running at 10.0.0.2; stop it first, or give this one another"
                        + " --instance-id");
    }

    @Test
    void aProcessThatWritesNothingFor2500MillisecondsIsDead() {
        written(FIRST, true);
        start("trainer-1");
        assertThat(millis).isBetween(2500, 2510);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aLateRecordIsSeenToTheEnd() {
        written(FIRST, true);
        later.put(2490, record(FIRST, true));
        assertThatExceptionOfType(InstanceInUseException.class).isThrownBy(() -> start("trainer-1"));
    }

    @Test
    void aProcessThatHasStoppedIsNotWaitedFor() {
        written(FIRST, true);
        written(SECOND, true);
        written(SECOND, false);
        start("trainer-1");
        assertThat(millis).isLessThan(20);
    }

    @Test
    void aProcessThatStopsMeanwhileIsNotWaitedFor() {
        written(FIRST, true);
        later.put(200, record(FIRST, false));
        start("trainer-1");
        assertThat(millis).isBetween(200, 210);
    }

    /// It was paused, was replaced, and was stopped when it woke.
    @Test
    void aReplacedProcessThatStopsDoesNotSpeakForItsSuccessor() {
        written(FIRST, true);
        written(SECOND, true);
        written(FIRST, false);
        later.put(400, record(SECOND, true));
        assertThatExceptionOfType(InstanceInUseException.class).isThrownBy(() -> start("trainer-1"));
    }

    @Test
    void norDoesItIfItStopsMeanwhile() {
        written(FIRST, true);
        written(SECOND, true);
        later.put(100, record(FIRST, false));
        later.put(400, record(SECOND, true));
        assertThatExceptionOfType(InstanceInUseException.class).isThrownBy(() -> start("trainer-1"));
    }

    @Test
    void aProcessThatIsDeadOnThisHostIsNotWaitedFor() {
        written.add(running(FIRST, KILLED));
        dead.add(KILLED);
        start("trainer-1");
        assertThat(millis).isLessThan(20);
        assertThat(consumer.closed()).isTrue();
    }

    /// As a process that is paused.
    @Test
    void oneThatIsAliveOnThisHostIsWaitedFor() {
        written.add(running(FIRST, KILLED));
        start("trainer-1");
        assertThat(millis).isBetween(2500, 2510);
    }

    @Test
    void aProcessThatDiesMeanwhileIsNotWaitedFor() {
        written.add(running(FIRST, KILLED));
        diesAt = 300;
        start("trainer-1");
        assertThat(millis).isBetween(300, 310);
    }

    /// Its last record may arrive after its death.
    @Test
    void aRecordOfADeadProcessIsNoSignOfLife() {
        written(FIRST, true);
        later.put(200, running(SECOND, KILLED));
        dead.add(KILLED);
        start("trainer-1");
        assertThat(millis).isBetween(200, 210);
    }

    /// It took over from the dead one, on another host or as an earlier build.
    @Test
    void aSuccessorOfADeadProcessIsWaitedFor() {
        written.add(running(FIRST, KILLED));
        written(SECOND, true);
        dead.add(KILLED);
        later.put(400, record(SECOND, true));
        assertThatExceptionOfType(InstanceInUseException.class).isThrownBy(() -> start("trainer-1"));
    }

    /// It was paused, and woke after its successor had died.
    @Test
    void aReplacedProcessThatWritesIsWaitedForThoughItsSuccessorIsDead() {
        written.add(running(FIRST, PAUSED));
        written.add(running(SECOND, KILLED));
        written.add(running(FIRST, PAUSED));
        dead.add(KILLED);
        start("trainer-1");
        assertThat(millis).isBetween(2500, 2510);
    }

    @Test
    void aGroupWithoutTheInstanceIdIsNotLookedAt() {
        assertThatCode(() -> start("trainer-2-1", "trainer-a")).doesNotThrowAnyException();
        assertThat(millis).isZero();
    }

    @Test
    void aTopicThatIsNotReadIsAFailure() {
        silent = true;
        written(FIRST, true);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> watch().requireFree(List.of(member("trainer-1")), 2))
                .withMessage("offset 1 of app-guard did not arrive within 60000 ms");
    }

    private void start(String... members) {
        long end = written.size();
        watch().requireFree(
                        List.of(members).stream().map(InstanceWatchTest::member).toList(), end);
    }

    private InstanceWatch watch() {
        consumer.updateBeginningOffsets(Map.of(TOPIC.partition(), 0L));
        consumer.schedulePollTask(this::poll);
        return new InstanceWatch(
                TOPIC,
                "trainer",
                () -> consumer,
                new InstanceWatch.Evidence(() -> Duration.ofMillis(millis).toNanos(), dead::contains));
    }

    private void poll() {
        if (written.isEmpty()) {
            millis += 3;
            if (millis >= diesAt) {
                dead.add(KILLED);
            }
            if (!silent) {
                add(NOISE, new byte[10]);
            }
        } else {
            written.forEach(this::add);
            written.clear();
        }
        later.entrySet().removeIf(entry -> {
            boolean due = entry.getKey() <= millis;
            if (due) {
                add(entry.getValue());
            }
            return due;
        });
        consumer.schedulePollTask(this::poll);
    }

    private void add(InstanceRecord record) {
        var sent = record.toRecord(TOPIC, "trainer");
        consumer.addRecord(new ConsumerRecord<>(
                TOPIC.name(),
                0,
                offset++,
                0,
                TimestampType.CREATE_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }

    private void add(byte[] key, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC.name(), 0, offset++, key, value));
    }

    private void written(Uuid process, boolean running) {
        written.add(record(process, running));
    }

    private static InstanceRecord record(Uuid process, boolean running) {
        return new InstanceRecord(process, running, Optional.empty());
    }

    private static InstanceRecord running(Uuid process, HostProcess onHost) {
        return new InstanceRecord(process, true, Optional.of(onHost));
    }

    private static MemberDescription member(String instanceId) {
        return new MemberDescription(
                "m-1",
                Optional.of(instanceId),
                Optional.empty(),
                "client",
                "/10.0.0.2",
                new MemberAssignment(Set.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
