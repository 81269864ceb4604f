package org.zosgrid.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.ReadLedger;
import org.zosgrid.workloads.SearchLedger;
import org.zosgrid.workloads.ShowWitnesses;
import org.zosgrid.workloads.view.DecisionQuery;
import org.zosgrid.workloads.view.WitnessesView;

/** The ledger: what was decided, and proofs of it that anybody can verify without this server. */
@Path("/ledger")
@RequestScoped
public class LedgerResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final long MAX_INDEX = 1L << 53; // what every JSON reader takes for a whole number

    private static final int MAX_KIND = 20;
    private static final int MAX_NAME = 36;
    private static final int MAX_WORDS = 200;

    @Inject private ReadLedger ledger;
    @Inject private SearchLedger search;
    @Inject private ShowWitnesses witnesses;

    @GET
    @Path("/entries")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] entries(@Context UriInfo uri) {
        Query query = new Query(uri);
        long from = query.number("from", 0, MAX_INDEX, 0);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        query.end();
        return Answer.entries(ledger.entries(from, limit));
    }

    @GET
    @Path("/decisions")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] decisions(@Context UriInfo uri) {
        Query query = new Query(uri);
        DecisionQuery wanted = new DecisionQuery(query.text("kind", MAX_KIND, ""), query.text("name", MAX_NAME, ""), query.text("words", MAX_WORDS, ""), query.instant("since"), query.instant("until"));
        long below = query.number("cursor", 0, MAX_INDEX, MAX_INDEX);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        query.end();
        return Answer.entries(search.search(wanted, below, limit));
    }

    @GET
    @Path("/witnesses")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] witnesses() {
        WitnessesView view = witnesses.show();
        ObjectNode json = StrictJson.object().put("size", view.size()).put("published", view.published().orElse(null)).put("threshold", view.threshold());
        Answer.list(json, "witnesses", view.witnesses(), (each, into) -> into.put("name", each.name()).put("signed", each.signed()).put("accepted", each.accepted()));
        return StrictJson.bytes(json);
    }

    @GET
    @Path("/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    public Response checkpoint() {
        return Answer.text(ledger.checkpoint());
    }

    /** Below this address lies a log as C2SP tlog-tiles describes it. */
    @GET
    @Path("/tile/{tile: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] tile(@PathParam("tile") String tile) {
        return ledger.tile("tile/" + tile);
    }

    @GET
    @Path("/entries/{index}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    public Response proof(@PathParam("index") long index) {
        return Answer.text(ledger.proof(index));
    }
}
