package org.zosgrid.workloads.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Issues as Jira's REST API, version 2, answers for them. */
public final class JiraServer extends TicketServer {
    private static final String ISSUE = "/rest/api/2/issue";

    /** Its only project, and the only type of issues there. */
    public static final String PROJECT = "CHG";
    private static final String TYPE = "Task";

    private final Map<String, ObjectNode> issues = new ConcurrentHashMap<>();
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    public JiraServer() throws IOException {}

    @Override
    Answer answer(String method, String path, String query, JsonNode body) {
        if (path.equals("/rest/api/2/search")) {
            ObjectNode page = JSON.createObjectNode().put("startAt", 0).put("maxResults", 1);
            ArrayNode found = page.putArray("issues");
            issues.values().stream().filter(issue -> query.contains("labels = \"" + issue.at("/fields/labels/0").asText() + "\"")).forEach(found::add);
            return new Answer(200, page.put("total", found.size()).toString());
        }
        if (path.equals(ISSUE)) {
            if (!body.at("/fields/project/key").asText().equals(PROJECT) || !body.at("/fields/issuetype/name").asText().equals(TYPE) || body.at("/fields/summary").asText().isEmpty()) {
                return new Answer(400, "{\"errorMessages\":[],\"errors\":{\"project\":\"valid project is required\"}}");
            }
            String key = "CHG-" + (issues.size() + 1);
            ObjectNode issue = ((ObjectNode) body).put("id", "1000" + issues.size()).put("key", key);
            ((ObjectNode) issue.path("fields")).putObject("status").put("name", "To Do");
            ((ObjectNode) issue.path("fields")).putNull("resolution");
            issues.put(key, issue);
            return new Answer(201, JSON.createObjectNode().put("id", issue.path("id").asText()).put("key", key).put("self", "http://127.0.0.1" + ISSUE + "/" + key).toString());
        }
        String[] parts = path.substring(ISSUE.length() + 1).split("/");
        ObjectNode issue = issues.get(parts[0]);
        if (issue == null) {
            return new Answer(404, "{\"errorMessages\":[\"Issue Does Not Exist\"],\"errors\":{}}");
        }
        if (parts.length == 2 && method.equals("POST")) {
            remarks.add(body.path("body").asText());
            return new Answer(201, "{\"id\":\"1\"}");
        }
        return new Answer(200, issue.toString());
    }

    private void status(String name) {
        issues.values().forEach(issue -> ((ObjectNode) issue.path("fields")).putObject("status").put("name", name));
    }

    @Override
    public void agree() {
        status("Approved");
    }

    @Override
    public void refuse() {
        status("Declined");
    }

    @Override
    public int tickets() {
        return issues.size();
    }

    @Override
    public List<String> remarks() {
        return new ArrayList<>(remarks);
    }

    @Override
    TicketSystem connect(TicketHttp http) {
        return new Jira(http, PROJECT, TYPE);
    }
}
