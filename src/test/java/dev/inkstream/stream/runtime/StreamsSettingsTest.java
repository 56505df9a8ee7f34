package dev.inkstream.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inkstream.stream.LargestRecords;
import dev.inkstream.stream.intake.RecordTimestamps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final Map<String, Object> CLUSTER = Map.of("bootstrap.servers", "broker:9092");
    private static final Profile AT_LEAST_ONCE = new Profile(Tuning.THROUGHPUT, Guarantee.AT_LEAST_ONCE);

    @Test
    void oursTakeThePlaceOfKafkasDefaults() {
        Map<String, Object> settings = settings(CLUSTER).toMap();
        assertThat(settings)
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("statestore.cache.max.bytes", 64L * 1024 * 1024)
                .containsEntry("commit.interval.ms", 200)
                .containsEntry("producer.linger.ms", 20)
                .containsEntry("producer.max.request.size", 1_262_592)
                .containsEntry("producer.buffer.memory", 32L * 1024 * 1024)
                .containsEntry("topic.max.message.bytes", "1262592")
                .containsEntry("consumer.session.timeout.ms", 10_000)
                .containsEntry("consumer.max.poll.interval.ms", 120_000);
    }

    /// A producer refuses a record that is larger than its buffer, whatever else is set.
    @Test
    void aProducerHasRoomForTheLargestRecordThatIsWritten() {
        LargestRecords limits = new LargestRecords(Map.of(), 70_000_000);
        assertThat(new StreamsSettings("t.trainer-m", Optional.empty(), 1, CLUSTER, limits, Profile.USUAL).toMap())
                .containsEntry("producer.max.request.size", 70_000_000)
                .containsEntry("producer.buffer.memory", 70_000_000L)
                .containsEntry("topic.max.message.bytes", "70000000");
    }

    @Test
    void theUsersTakeThePlaceOfOurs() {
        Map<String, Object> user = with("commit.interval.ms", "1000");
        user.put("producer.linger.ms", "5");
        user.put("some.setting.of.theirs", "x");
        assertThat(settings(user).toMap())
                .containsEntry("commit.interval.ms", "1000")
                .containsEntry("producer.linger.ms", "5")
                .containsEntry("some.setting.of.theirs", "x");
    }

    @Test
    void aCacheIsOfTheSizeGivenUnlessTheUserGivesAnother() {
        assertThat(StreamsSettings.withCache(7, CLUSTER))
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "statestore.cache.max.bytes", 7L));
        Map<String, Object> user = with("statestore.cache.max.bytes", "9");
        assertThat(StreamsSettings.withCache(7, user)).isEqualTo(user);
    }

    @Test
    void nobodyTakesThePlaceOfWhatCorrectnessRestsOn() {
        Map<String, Object> user = with("processing.guarantee", "at_least_once");
        user.put("application.id", "theirs");
        user.put("num.stream.threads", "9");
        user.put("ensure.explicit.internal.resource.naming", "false");
        user.put("client.id", "theirs");
        assertThat(settings(user).toMap())
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("application.id", "t.trainer-m")
                .containsEntry("num.stream.threads", 2)
                .containsEntry("ensure.explicit.internal.resource.naming", true)
                .containsEntry("client.id", "t.trainer-m");
    }

    @Test
    void tunedForLatencyItCommitsAndSendsSoon() {
        assertThat(settings(Profile.of(Tuning.LATENCY), CLUSTER).toMap())
                .containsEntry("commit.interval.ms", 10)
                .containsEntry("poll.ms", 10)
                .containsEntry("main.consumer.max.poll.records", 500)
                .containsEntry("producer.linger.ms", 0)
                .containsEntry("processing.guarantee", "exactly_once_v2");
        assertThat(settings(new Profile(Tuning.LATENCY, Guarantee.AT_LEAST_ONCE), CLUSTER)
                        .toMap())
                .containsEntry("commit.interval.ms", 200)
                .containsEntry("producer.linger.ms", 0);
        assertThat(settings(Profile.USUAL, CLUSTER).toMap())
                .containsEntry("main.consumer.max.poll.records", 2_000)
                .doesNotContainKey("poll.ms");
    }

    @Test
    void theUsersTakeThePlaceOfATunings() {
        Map<String, Object> user = with("commit.interval.ms", "50");
        user.put("poll.ms", "70");
        user.put("producer.linger.ms", "5");
        user.put("main.consumer.max.poll.records", "9");
        assertThat(settings(Profile.of(Tuning.LATENCY), user).toMap()).containsAllEntriesOf(user);
    }

    @Test
    void atLeastOnceReadersSeeWhatIsCommittedAndTheProducerDoesNotRepeat() {
        Map<String, Object> user = with("isolation.level", "read_uncommitted");
        user.put("consumer.isolation.level", "read_uncommitted");
        user.put("main.consumer.isolation.level", "read_uncommitted");
        user.put("global.consumer.isolation.level", "read_uncommitted");
        user.put("restore.consumer.isolation.level", "read_uncommitted");
        user.put("processing.guarantee", "exactly_once_v2");
        user.put("producer.enable.idempotence", "false");
        StreamsConfig config = new StreamsConfig(settings(AT_LEAST_ONCE, user).toMap());
        assertThat(config.getString("processing.guarantee")).isEqualTo("at_least_once");
        assertThat(config.getMainConsumerConfigs("t.trainer-m", "client", 0))
                .containsEntry("isolation.level", "read_committed");
        assertThat(config.getGlobalConsumerConfigs("client")).containsEntry("isolation.level", "read_committed");
        assertThat(config.getRestoreConsumerConfigs("client")).containsEntry("isolation.level", "read_committed");
        assertThat(config.getProducerConfigs("client"))
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("transactional.id");
    }

    /// Kafka Streams' own default of at-least-once is 30 s, all of which a crash would repeat.
    @Test
    void atLeastOnceCommitsAsOften() {
        assertThat(settings(AT_LEAST_ONCE, CLUSTER).toMap())
                .containsEntry("commit.interval.ms", 200)
                .containsEntry("producer.max.in.flight.requests.per.connection", 1);
    }

    @Test
    void theUsersInterceptorsStayBesideOurs() {
        String ours = GlobalTimestamps.class.getName();
        Map<String, Object> user = with("interceptor.classes", "a.A,a.B");
        assertThat(settings(user).toMap())
                .containsEntry("global.consumer.interceptor.classes", List.of("a.A", "a.B", ours));
        user.put("consumer.interceptor.classes", List.of("c.C"));
        assertThat(settings(user).toMap()).containsEntry("global.consumer.interceptor.classes", List.of("c.C", ours));
        assertThat(settings(CLUSTER).toMap()).containsEntry("global.consumer.interceptor.classes", List.of(ours));
    }

    @Test
    void aRecordWithoutATimestampIsNoReasonToStop() {
        Map<String, Object> user =
                with("default.timestamp.extractor", "org.apache.kafka.streams.processor.FailOnInvalidTimestamp");
        assertThat(new StreamsConfig(settings(user).toMap()).defaultTimestampExtractor())
                .isInstanceOf(RecordTimestamps.class);
    }

    @Test
    void aStaticMemberHasItsNameInTheGroupAndInItsMetrics() {
        StreamsSettings settings = new StreamsSettings("t.trainer-m", Optional.of("one"), 2, CLUSTER);
        assertThat(settings.toMap())
                .containsEntry("consumer.group.instance.id", "one")
                .containsEntry("client.id", "t.trainer-m-one");
        assertThat(settings(CLUSTER).toMap()).doesNotContainKey("consumer.group.instance.id");
    }

    @Test
    void kafkaStreamsAcceptsThem() {
        StreamsConfig config = new StreamsConfig(settings(CLUSTER).toMap());
        Map<String, Object> consumer = config.getMainConsumerConfigs("t.trainer-m", "client", 0);
        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("max.poll.records", 2_000);
        assertThat(config.getProducerConfigs("client")).containsEntry("enable.idempotence", true);
    }

    @Test
    void kafkaStreamsItselfKeepsReadersToWhatIsCommitted() {
        Map<String, Object> user = with("consumer.isolation.level", "read_uncommitted");
        user.put("producer.enable.idempotence", "false");
        StreamsConfig config = new StreamsConfig(settings(user).toMap());
        assertThat(config.getMainConsumerConfigs("t.trainer-m", "client", 0))
                .containsEntry("isolation.level", "read_committed");
        assertThat(config.getProducerConfigs("client")).containsEntry("enable.idempotence", true);
    }

    @Test
    void doNotChangeWithTheMapTheyCameFrom() {
        Map<String, Object> user = with("a", "1");
        StreamsSettings settings = settings(user);
        user.put("a", "2");
        settings.toMap().put("a", "3");
        assertThat(settings.toMap()).containsEntry("a", "1");
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamsSettings("t.trainer-m", Optional.empty(), 0, CLUSTER))
                .withMessage("threads is 0; it must be 1 or more");
    }

    private static StreamsSettings settings(Profile profile, Map<String, Object> client) {
        return new StreamsSettings("t.trainer-m", Optional.empty(), 2, client, LargestRecords.USUAL, profile);
    }

    private static StreamsSettings settings(Map<String, Object> client) {
        return new StreamsSettings("t.trainer-m", Optional.empty(), 2, client);
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> user = new HashMap<>(CLUSTER);
        user.put(name, value);
        return user;
    }
}
