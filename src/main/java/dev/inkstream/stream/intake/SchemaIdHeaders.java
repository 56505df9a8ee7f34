package dev.inkstream.stream.intake;

import dev.inkstream.record.RejectReason;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/// Knows the headers in which some serializers put the schema's id, instead of in front of the value.
final class SchemaIdHeaders {
    /// @param header its name
    /// @param remedy what to set at the producer
    private record Kind(String header, String remedy) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "__value_schema_id",
                    "value.schema.id.serializer=io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer"),
            new Kind("apicurio.value.globalId", "apicurio.registry.headers.enabled=false"),
            new Kind("apicurio.value.contentId", "apicurio.registry.headers.enabled=false"));

    private SchemaIdHeaders() {}

    /// Continues the message of a record that cannot be decoded; empty if no header explains it.
    static String hint(Headers headers, RejectReason reason) {
        if (reason != RejectReason.UNDECODABLE && reason != RejectReason.UNKNOWN_SCHEMA) {
            return "";
        }
        Optional<Kind> kind = KINDS.stream()
                .filter(each -> headers.lastHeader(each.header()) != null)
                .findFirst();
        return kind.map(found -> "; its schema id is in the header " + found.header()
                        + ", and must be the four bytes before the value: set " + found.remedy() + " at the producer")
                .orElse("");
    }
}
