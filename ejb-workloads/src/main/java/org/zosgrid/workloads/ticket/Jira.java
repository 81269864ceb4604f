package org.zosgrid.workloads.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Jira's REST API, version 2. Our key is an issue's label. What is thought of it is its status, which every project names as it likes: the usual names are known here. Closing is a transition
 * with rules of the project's own; so the end is a comment.
 */
final class Jira implements TicketSystem {
    private static final Set<String> AGREED = Set.of("approved", "accepted", "done");
    private static final Set<String> REFUSED = Set.of("rejected", "declined", "cancelled", "canceled", "won't do");

    private final TicketHttp http;
    private final String project;
    private final String issueType;

    /**
     * @param project   its key, such as {@code CHG}
     * @param issueType its name, such as {@code Task}
     */
    Jira(TicketHttp http, String project, String issueType) {
        this.http = http;
        this.project = project;
        this.issueType = issueType;
    }

    @Override
    public String open(Text text) throws IOException {
        String query = "project = \"" + project + "\" AND labels = \"" + text.key() + "\"";
        JsonNode before = http.ask("GET", "/rest/api/2/search?jql=" + TicketHttp.encoded(query) + "&fields=status&maxResults=1", null);
        if (!before.path("issues").isEmpty()) {
            return TicketHttp.text(before, "/issues/0/key");
        }
        ObjectNode issue = TicketHttp.object();
        ObjectNode fields = issue.putObject("fields");
        fields.putObject("project").put("key", project);
        fields.putObject("issuetype").put("name", issueType);
        fields.put("summary", text.title()).put("description", text.description());
        fields.putArray("labels").add(text.key());
        return TicketHttp.text(http.ask("POST", "/rest/api/2/issue", issue), "/key");
    }

    /** An issue's key is both. */
    @Override
    public String called(String reference) {
        return reference;
    }

    @Override
    public Answer answer(String reference) throws IOException {
        JsonNode issue = http.ask("GET", of(reference) + "?fields=status,resolution", null);
        String status = TicketHttp.text(issue, "/fields/status/name").toLowerCase(Locale.ROOT);
        String resolution = issue.at("/fields/resolution/name").asText("").toLowerCase(Locale.ROOT);
        if (REFUSED.contains(status) || REFUSED.contains(resolution)) {
            return Answer.REFUSED;
        }
        return AGREED.contains(status) ? Answer.AGREED : Answer.NONE;
    }

    @Override
    public void remark(String reference, String text) throws IOException {
        http.ask("POST", of(reference) + "/comment", TicketHttp.object().put("body", text));
    }

    @Override
    public void close(String reference, boolean successful, String text) throws IOException {
        remark(reference, text);
    }

    private static String of(String reference) {
        return "/rest/api/2/issue/" + TicketHttp.encoded(reference);
    }
}
