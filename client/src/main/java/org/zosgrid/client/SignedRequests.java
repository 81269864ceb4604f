package org.zosgrid.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.zosgrid.contract.http.HttpSignature;
import org.zosgrid.contract.key.Signer;

/** Signs a request that is complete but for its signature: method, path, query and body, exactly as they will be sent. */
final class SignedRequests implements Consumer<HttpRequest.Builder> {
    private final Signer caller;

    SignedRequests(Signer caller) {
        this.caller = caller;
    }

    @Override
    public void accept(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        byte[] body = request.bodyPublisher().map(SignedRequests::bytes).orElse(new byte[0]);
        if (request.bodyPublisher().isPresent()) {
            builder.method(request.method(), BodyPublishers.ofByteArray(body)); // what was read may be a stream, and is read once
        }
        HttpSignature.sign(caller, request.method(), pathAndQuery(request.uri()), body, Instant.now()).forEach(builder::setHeader);
    }

    private static String pathAndQuery(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static byte[] bytes(BodyPublisher publisher) {
        Collected collected = new Collected();
        publisher.subscribe(collected);
        return collected.whole.join();
    }

    private static final class Collected implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] read = new byte[part.remaining()];
            part.get(read);
            bytes.writeBytes(read);
        }

        @Override
        public void onError(Throwable failed) {
            whole.completeExceptionally(failed);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
