package dev.inkstream.codec;

import dev.inkstream.record.InvalidRecordException;
import dev.inkstream.record.ModelCommand;
import dev.inkstream.record.ModelCommand.Request;
import dev.inkstream.record.RejectReason;
import dev.inkstream.record.avro.ModelCommandKind;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// [ModelCommand] and its Avro class.
enum ModelCommandMapping implements AvroMapping<ModelCommand, dev.inkstream.record.avro.ModelCommand> {
    INSTANCE;

    @Override
    public Schema schema() {
        return dev.inkstream.record.avro.ModelCommand.getClassSchema();
    }

    @Override
    public dev.inkstream.record.avro.ModelCommand toAvro(ModelCommand command) {
        Request request = command.request();
        return new dev.inkstream.record.avro.ModelCommand(
                command.id(),
                command.model(),
                kind(request),
                version(request),
                request instanceof Request.Alias alias ? alias.alias() : null,
                command.requestedBy(),
                command.reason(),
                command.requestedAt());
    }

    private static ModelCommandKind kind(Request request) {
        return switch (request) {
            case Request.Promote promote -> ModelCommandKind.PROMOTE;
            case Request.Rollback rollback -> ModelCommandKind.ROLLBACK;
            case Request.Pin pin -> ModelCommandKind.PIN;
            case Request.Follow follow -> ModelCommandKind.FOLLOW;
            case Request.Alias alias -> ModelCommandKind.ALIAS;
            case Request.Unknown unknown -> ModelCommandKind.UNKNOWN;
        };
    }

    private static @Nullable Long version(Request request) {
        return switch (request) {
            case Request.Promote promote -> promote.version();
            case Request.Rollback rollback -> Nullables.orNull(rollback.version());
            case Request.Pin pin -> pin.version();
            case Request.Alias alias -> alias.version();
            case Request.Follow follow -> null;
            case Request.Unknown unknown -> null;
        };
    }

    @Override
    public ModelCommand toDomain(dev.inkstream.record.avro.ModelCommand avro) {
        return new ModelCommand(
                avro.getId(),
                avro.getModel(),
                request(avro),
                avro.getRequestedBy(),
                avro.getReason(),
                avro.getRequestedAt());
    }

    private static Request request(dev.inkstream.record.avro.ModelCommand avro) {
        OptionalLong version = Nullables.optional(avro.getVersion());
        return switch (avro.getKind()) {
            case PROMOTE -> new Request.Promote(required(avro, version));
            case ROLLBACK -> new Request.Rollback(version);
            case PIN -> new Request.Pin(required(avro, version));
            case FOLLOW -> new Request.Follow();
            case ALIAS -> new Request.Alias(Optional.ofNullable(avro.getAlias()).orElse(""), required(avro, version));
            case UNKNOWN -> new Request.Unknown();
        };
    }

    private static long required(dev.inkstream.record.avro.ModelCommand avro, OptionalLong version) {
        return version.orElseThrow(() -> new InvalidRecordException(
                RejectReason.BAD_COMMAND, "version of a command " + avro.getKind() + " is null; it must be a number"));
    }
}
