package org.zosgrid.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.document.DataClass;
import org.zosgrid.contract.document.Model;
import org.zosgrid.contract.document.Model.Language;
import org.zosgrid.contract.envelope.PayloadType;
import org.zosgrid.workloads.CheckModel;
import org.zosgrid.workloads.MigrateInstances;
import org.zosgrid.workloads.ShowModels;
import org.zosgrid.workloads.SubmitChange;
import org.zosgrid.workloads.TryTable;
import org.zosgrid.workloads.view.TableTrial;

/** Customers' processes and decision tables. Once submitted, one is a change like any other, and approved where changes are. */
@Path("/models")
@RequestScoped
public class ModelsResource {
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 500;
    private static final int MAX_NAME = 36;
    private static final int MAX_INSTANCES = 500;
    private static final int MAX_INSTANCE = 64;
    private static final int MAX_CHOICE = 20;
    private static final long MOST = 1_000_000_000;
    private static final int LAST_HOUR = 23;

    @Inject private SubmitChange submission;
    @Inject private CheckModel check;
    @Inject private TryTable trial;
    @Inject private ShowModels models;
    @Inject private MigrateInstances migration;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list(@Context UriInfo uri) {
        Query query = new Query(uri);
        int limit = (int) query.number("limit", 1, MAX_PAGE, PAGE);
        String cursor = query.text("cursor", MAX_NAME, "");
        query.end();
        return Answer.deployments(models.list(cursor, limit));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response submit(byte[] envelope, @Context HttpHeaders headers, @Context SecurityContext security) {
        return Submission.answer(submission, PayloadType.MODEL, envelope, headers, security);
    }

    @POST
    @Path("/checks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] check(byte[] body) {
        JsonObject json = RequestBody.object(body);
        Language language = json.value("language", 4, Language::parse, Language.BPMN);
        String file = json.text("file", Model.MAX_BYTES);
        String examples = json.text("examples", Model.MAX_BYTES, "");
        json.end();
        return Answer.findings(check.check(language, file, examples));
    }

    @GET
    @Path("/templates")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] templates() {
        return Answer.templates(models.templates());
    }

    @POST
    @Path("/trials")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] trial(byte[] body) {
        JsonObject json = RequestBody.object(body);
        String file = json.text("file", Model.MAX_BYTES);
        TableTrial.Change change = new TableTrial.Change(json.text("kind", MAX_CHOICE), json.text("environment", MAX_CHOICE), json.flag("exposed"),
                (int) json.number("machines", 0, MOST), json.number("memoryMiB", 0, MOST), json.has("dataClass") ? json.text("dataClass", MAX_CHOICE) : DataClass.RESTRICTED.toString(),
                json.has("cost") ? json.number("cost", 0, MOST) : 0, json.has("hour") ? (int) json.number("hour", 0, LAST_HOUR) : 0);
        json.end();
        return Answer.trial(trial.ask(file, change));
    }

    @GET
    @Path("/{name}/versions/{version}/file")
    @Produces(MediaType.APPLICATION_XML)
    public String file(@PathParam("name") String name, @PathParam("version") long version) {
        return models.show(name, version).file();
    }

    @GET
    @Path("/{name}/migrations/{from}")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] preview(@PathParam("name") String name, @PathParam("from") long from) {
        return Answer.movers(migration.preview(name, from));
    }

    @POST
    @Path("/{name}/migrations/{from}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] migrate(@PathParam("name") String name, @PathParam("from") long from, byte[] body, @Context SecurityContext security) {
        JsonObject json = RequestBody.object(body);
        List<String> instances = json.texts("instances", MAX_INSTANCES, MAX_INSTANCE);
        json.end();
        return Answer.movers(migration.move(SignedRequest.caller(security), name, from, instances));
    }
}
