package org.zosgrid.workloads.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** ServiceNow's Table API, version 1, on the table {@code change_request}. A ticket's {@code correlation_id} is our key, its {@code approval} is the answer. */
final class ServiceNow implements TicketSystem {
    private static final String TABLE = "/api/now/table/change_request";

    private final TicketHttp http;

    ServiceNow(TicketHttp http) {
        this.http = http;
    }

    @Override
    public String open(Text text) throws IOException {
        JsonNode before = http.ask("GET", TABLE + "?sysparm_query=" + TicketHttp.encoded("correlation_id=" + text.key()) + "&sysparm_fields=sys_id&sysparm_limit=1", null);
        if (!before.path("result").isEmpty()) {
            return TicketHttp.text(before, "/result/0/sys_id");
        }
        return TicketHttp.text(http.ask("POST", TABLE, TicketHttp.object().put("type", "normal").put("short_description", text.title()).put("description", text.description())
                .put("correlation_id", text.key()).put("correlation_display", "zos")), "/result/sys_id");
    }

    /** Its number, such as {@code CHG0030001}. */
    @Override
    public String called(String reference) throws IOException {
        return TicketHttp.text(http.ask("GET", of(reference) + "?sysparm_fields=number", null), "/result/number");
    }

    @Override
    public Answer answer(String reference) throws IOException {
        return switch (TicketHttp.text(http.ask("GET", of(reference) + "?sysparm_fields=approval", null), "/result/approval")) {
            case "approved" -> Answer.AGREED;
            case "rejected" -> Answer.REFUSED;
            default -> Answer.NONE;
        };
    }

    @Override
    public void remark(String reference, String text) throws IOException {
        http.ask("PATCH", of(reference), TicketHttp.object().put("work_notes", text));
    }

    /** State 3 is "closed" in the state model that the table is delivered with. */
    @Override
    public void close(String reference, boolean successful, String text) throws IOException {
        http.ask("PATCH", of(reference), TicketHttp.object().put("state", "3").put("close_code", successful ? "successful" : "unsuccessful").put("close_notes", text));
    }

    private static String of(String reference) {
        return TABLE + "/" + TicketHttp.encoded(reference);
    }
}
