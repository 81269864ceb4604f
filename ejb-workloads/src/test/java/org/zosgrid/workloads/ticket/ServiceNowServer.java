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

/** The table {@code change_request} as ServiceNow's Table API answers for it. */
final class ServiceNowServer extends TicketServer {
    private static final String TABLE = "/api/now/table/change_request";

    private final Map<String, ObjectNode> rows = new ConcurrentHashMap<>();
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    ServiceNowServer() throws IOException {}

    @Override
    Answer answer(String method, String path, String query, JsonNode body) {
        if (path.equals(TABLE) && method.equals("POST")) {
            String id = "%032x".formatted(rows.size() + 1);
            ObjectNode row = ((ObjectNode) body).put("sys_id", id).put("number", "CHG%07d".formatted(rows.size() + 30001)).put("state", "-5").put("approval", "not requested");
            rows.put(id, row);
            return new Answer(201, result(row));
        }
        if (path.equals(TABLE)) {
            ArrayNode found = JSON.createArrayNode();
            rows.values().stream().filter(row -> query.contains("sysparm_query=correlation_id=" + row.path("correlation_id").asText() + "&")).forEach(found::add);
            return new Answer(200, result(found));
        }
        ObjectNode row = rows.get(path.substring(TABLE.length() + 1));
        if (row == null) {
            return new Answer(404, "{\"error\":{\"message\":\"No Record found\",\"detail\":\"Record doesn't exist or ACL restricts the record retrieval\"},\"status\":\"failure\"}");
        }
        if (method.equals("PATCH")) {
            if (body.has("work_notes")) {
                remarks.add(body.path("work_notes").asText());
            }
            if (body.has("close_notes")) {
                remarks.add("state " + body.path("state").asText() + ", " + body.path("close_code").asText() + ": " + body.path("close_notes").asText());
            }
            row.setAll((ObjectNode) body);
        }
        return new Answer(200, result(row));
    }

    private static String result(JsonNode of) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("result", of);
        return answer.toString();
    }

    @Override
    public void agree() {
        rows.values().forEach(row -> row.put("approval", "approved"));
    }

    @Override
    public void refuse() {
        rows.values().forEach(row -> row.put("approval", "rejected"));
    }

    @Override
    public int tickets() {
        return rows.size();
    }

    @Override
    public List<String> remarks() {
        return new ArrayList<>(remarks);
    }

    @Override
    TicketSystem connect(TicketHttp http) {
        return new ServiceNow(http);
    }
}
