package dev.inkstream.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.junit.jupiter.api.Test;

class KafkaFailuresTest {
    @Test
    void whatCanBeDoneAboutItIsSaid() {
        assertThat(sentence(new SaslAuthenticationException("Invalid credentials")))
                .isEqualTo("Kafka at b:1 refused the login (Invalid credentials): check the security settings in"
                        + " --command-config");
        assertThat(sentence(new SslAuthenticationException(
                        "SSL handshake failed",
                        new SSLHandshakeException("PKIX path building failed")
                                .initCause(new CertificateException("no path")))))
                .isEqualTo("the TLS handshake with Kafka at b:1 failed (no path): check ssl.truststore.location and the"
                        + " other ssl. settings, in --command-config");
        assertThat(sentence(new TopicAuthorizationException(Set.of("t"))))
                .isEqualTo("this user may not use the topic t at b:1: ask for the ACL, or check --topic-prefix");
        assertThat(sentence(GroupAuthorizationException.forGroupId("g")))
                .isEqualTo("this user may not use the consumer group g at b:1: ask for the ACL");
        assertThat(sentence(new UnknownTopicOrPartitionException("no t")))
                .isEqualTo("a topic is missing at b:1 (no t): create the topics, or check --topic-prefix");
        assertThat(sentence(new MissingSourceTopicException("One or more source topics were missing")))
                .isEqualTo("a topic that it reads is gone at b:1; create what is missing with 'inkstream topics create'"
                        + " and the same options for cluster and prefix");
        assertThat(sentence(new FencedInstanceIdException("fenced")))
                .isEqualTo("another instance of the same name has taken over at b:1: give each running instance its"
                        + " own --instance-id");
        assertThat(sentence(new TimeoutException("late")))
                .isEqualTo("Kafka at b:1 did not answer in time (late): check that it runs and that the address is"
                        + " right");
        assertThat(sentence(new ConfigException("No resolvable bootstrap urls given in bootstrap.servers")))
                .isEqualTo("the address b:1 cannot be resolved: check --bootstrap-server");
    }

    @Test
    void theNearestKnownCauseCounts() {
        Throwable failure = new IllegalStateException(new RuntimeException(new TimeoutException("late")));

        assertThat(sentence(failure)).startsWith("Kafka at b:1 did not answer in time (late)");
    }

    @Test
    void aBugHasNoSentence() {
        assertThat(KafkaFailures.sentence(new NullPointerException(), "b:1")).isEmpty();
    }

    private static String sentence(Throwable failure) {
        return KafkaFailures.sentence(failure, "b:1").orElseThrow();
    }
}
