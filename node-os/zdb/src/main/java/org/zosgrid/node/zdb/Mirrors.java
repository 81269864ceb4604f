package org.zosgrid.node.zdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.zosgrid.zdb.client.Reply;

/** Clients that said MIRROR: each is told every command that any client ran with success, in the original's form, and nothing is kept for those that are away. */
final class Mirrors {
    private final Map<Session, Consumer<Reply>> followers = new ConcurrentHashMap<>();

    boolean isEmpty() {
        return followers.isEmpty();
    }

    void follow(Session session, Consumer<Reply> outlet) {
        followers.put(session, outlet);
    }

    void leave(Session session) {
        followers.remove(session);
    }

    /** Time in seconds, namespace, client, and the request as it came. */
    void tell(Session from, String namespace, List<byte[]> request) {
        List<Reply> items = new ArrayList<>(List.of(new Reply.Number(System.currentTimeMillis() / 1000), Reply.text(namespace), new Reply.Number(from.number())));
        request.forEach(each -> items.add(new Reply.Bulk(each)));
        Reply told = new Reply.Array(items);
        followers.forEach((follower, outlet) -> {
            if (follower != from) {
                outlet.accept(told);
            }
        });
    }
}
