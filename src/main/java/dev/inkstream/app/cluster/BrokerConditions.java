package dev.inkstream.app.cluster;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/// Puts the errors of Kafka's protocol into three classes: the transaction or membership of this process has ended, the
/// brokers cannot answer now, and the brokers refuse a request. None of them is a bug of this program.
final class BrokerConditions {
    private static final Pattern UNNAMED = Pattern.compile("Un(handled|expected) error in \\w+");

    private BrokerConditions() {}

    /// Whether the brokers have sent it, or a client has in their stead.
    static boolean isOne(KafkaException failure) {
        return switch (failure) {
            case SerializationException _, InvalidRecordException _ -> false;
            case ApiException _, CommitFailedException _, InvalidOffsetException _ -> true;
            // The clients' words for an error of the broker that they have no class for.
            default -> UNNAMED.matcher(String.valueOf(failure.getMessage())).lookingAt();
        };
    }

    static String sentence(KafkaException failure, String address) {
        String what = failure.getClass().getSimpleName().replaceFirst("Exception$", "") + ": " + failure.getMessage();
        return switch (failure) {
            case KafkaException e
            when isEnded(e) ->
                "Kafka at %s ended the transaction or the group membership of this process, as after a pause or a restart of a broker (%s): start it again, it resumes where it committed"
                        .formatted(address, what);
            case RetriableException _ ->
                "Kafka at %s could not answer now (%s): check that all brokers run, and start it again"
                        .formatted(address, what);
            default ->
                "Kafka at %s refused a request (%s): check the log of the broker, and start it again"
                        .formatted(address, what);
        };
    }

    /// Those after which a process that starts again resumes; Kafka marks most of them.
    private static boolean isEnded(KafkaException failure) {
        return failure instanceof ApplicationRecoverableException
                || failure instanceof CommitFailedException
                || failure instanceof IllegalGenerationException
                || failure instanceof UnknownMemberIdException
                || failure instanceof InvalidTxnStateException
                || failure instanceof OutOfOrderSequenceException
                || failure instanceof TransactionAbortableException
                || failure instanceof TransactionAbortedException;
    }
}
