package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zosgrid.workloads.FollowChanges;
import org.zosgrid.workloads.Identity;
import org.zosgrid.workloads.view.ChangeNews;

/** What happens, as it happens: server-sent events. Who asks is proved like for every other question, and anew whenever a stream has ended. */
@Path("/events")
@RequestScoped
public class EventsResource {
    @Inject private FollowChanges changes;
    @Inject private EventStreams streams;

    @GET
    @Path("/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@HeaderParam("Last-Event-ID") @Nullable String last, @Context HttpServletRequest request, @Context SecurityContext security, @Context SseEventSink sink, @Context Sse sse) {
        if (request.getMethod().equals("HEAD")) { // which the implementation of REST hands on as a GET
            sink.close();
            return;
        }
        ChangeNews begun = changes.begin(Optional.ofNullable(last));
        Identity listener = AuthenticatedRequest.identity(security);
        EventStream stream = new EventStream(changes, begun, sink, sse);
        streams.open(() -> listener.answered(() -> { // by a thread that nobody has told yet for whom it works
            stream.run();
            return stream;
        }));
    }
}
