package dev.inkstream.app.cluster;

import dev.inkstream.record.Causes;
import dev.inkstream.stream.runtime.TopicCheck;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/// What the common failures of Kafka's clients mean to the person at the console.
public final class KafkaFailures {
    private KafkaFailures() {}

    /// The sentence for a failure or the nearest of its causes that has one; empty when none has, as for
    /// a bug.
    ///
    /// @param address the broker's address as the user gave it
    public static Optional<String> sentence(Throwable failure, String address) {
        return Causes.of(failure)
                .flatMap(cause -> known(cause, address).stream())
                .findFirst();
    }

    private static Optional<String> known(Throwable failure, String address) {
        return Optional.ofNullable(
                switch (failure) {
                    case SslAuthenticationException e ->
                        "the TLS handshake with Kafka at %s failed (%s): check ssl.truststore.location and the other ssl. settings, in --command-config"
                                .formatted(address, deepest(e));
                    case AuthenticationException e ->
                        "Kafka at %s refused the login (%s): check the security settings in --command-config"
                                .formatted(address, e.getMessage());
                    case TopicAuthorizationException e ->
                        "this user may not use %s at %s: ask for the ACL, or check --topic-prefix"
                                .formatted(topics(e), address);
                    case GroupAuthorizationException e ->
                        "this user may not use the consumer group %s at %s: ask for the ACL"
                                .formatted(e.groupId(), address);
                    case TransactionalIdAuthorizationException e ->
                        "this user may not write transactionally at %s: ask for the ACL on the transactional id"
                                .formatted(address);
                    case ClusterAuthorizationException e ->
                        "this user may not do this at %s: ask for the cluster ACL".formatted(address);
                    case FencedInstanceIdException e ->
                        "another instance of the same name has taken over at %s: give each running instance its own --instance-id"
                                .formatted(address);
                    case UnknownTopicOrPartitionException e ->
                        "a topic is missing at %s (%s): create the topics, or check --topic-prefix"
                                .formatted(address, e.getMessage());
                    case MissingSourceTopicException e ->
                        "a topic that it reads is gone at %s; %s".formatted(address, TopicCheck.REMEDY);
                    case InvalidReplicationFactorException e ->
                        "Kafka at %s cannot keep that many replicas (%s): lower --replication-factor"
                                .formatted(address, e.getMessage());
                    case PolicyViolationException e ->
                        "the policy of Kafka at %s forbids this: %s".formatted(address, e.getMessage());
                    case RecordTooLargeException e ->
                        "a record is too large for Kafka at %s (%s): raise max.message.bytes of the topic and max.request.size of the producer"
                                .formatted(address, e.getMessage());
                    case UnsupportedVersionException e ->
                        "Kafka at %s is too old for this (%s): it must be 4.0 or newer"
                                .formatted(address, e.getMessage());
                    case TimeoutException e ->
                        "Kafka at %s did not answer in time (%s): check that it runs and that the address is right"
                                .formatted(address, e.getMessage());
                    case ConfigException e -> config(e, address);
                    case AuthorizationException e ->
                        "Kafka at %s does not allow this (%s): ask for the ACL".formatted(address, e.getMessage());
                    case KafkaStorageException e ->
                        "a disk of Kafka at %s failed (%s): check the space and the log of the broker"
                                .formatted(address, e.getMessage());
                    case KafkaException e when BrokerConditions.isOne(e) -> BrokerConditions.sentence(e, address);
                    default -> null;
                });
    }

    /// The first cause says more than Kafka's "SSL handshake failed".
    private static String deepest(SslAuthenticationException e) {
        return Causes.of(e)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse("no reason");
    }

    private static String topics(TopicAuthorizationException e) {
        return e.unauthorizedTopics().isEmpty() ? "a topic" : "the topic " + String.join(", ", e.unauthorizedTopics());
    }

    private static String config(ConfigException e, String address) {
        String reason = String.valueOf(e.getMessage());
        return reason.startsWith("No resolvable bootstrap urls")
                ? "the address %s cannot be resolved: check --bootstrap-server".formatted(address)
                : "Kafka refuses a setting (%s): check --command-config and --command-property".formatted(reason);
    }
}
