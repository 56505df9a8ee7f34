package dev.inkstream.codec;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Reads the body of one answer of a schema registry, and stops where it becomes too long. The HTTP client calls it
/// from one thread at a time.
///
/// The JDK's own limit makes a long body a failure like any other of the network, which another try may find over.
final class RegistryBody implements BodySubscriber<RegistryBody.Text> {
    static final int MAX_BYTES = 1_000_000;

    private final CompletableFuture<Text> text = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    /// @param start the body, or as much of it as was read
    /// @param isCut whether the body has more than [#MAX_BYTES]
    record Text(String start, boolean isCut) {}

    @Override
    public CompletionStage<Text> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            byte[] read = new byte[Math.min(part.remaining(), MAX_BYTES - bytes.size())];
            part.get(read);
            bytes.writeBytes(read);
            if (part.hasRemaining()) {
                Objects.requireNonNull(subscription).cancel();
                complete(true);
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        complete(false);
    }

    private void complete(boolean isCut) {
        text.complete(new Text(bytes.toString(StandardCharsets.UTF_8), isCut));
    }
}
