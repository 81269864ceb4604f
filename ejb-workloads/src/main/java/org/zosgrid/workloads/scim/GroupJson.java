package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.model.Account;
import org.zosgrid.model.AccountGroup;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Groups as JSON, and back. */
public final class GroupJson {
    private static final int MAX_NAME = 256;
    private static final int MAX_MEMBERS = 50_000;

    private GroupJson() {}

    /** What a service says of a group. */
    public record Said(String name, Optional<String> externalId, Set<UUID> members) {}

    public static Resource resource(AccountGroup group, List<Account> members) {
        ObjectNode json = attributes(group, members);
        json.path("members").forEach(each -> ((ObjectNode) each).put("$ref", Schema.USER.location(each.path("value").asText())).put("type", "User"));
        return Resource.of(Schema.GROUP, group.id().toString(), json, group.createdAt(), group.modifiedAt());
    }

    /** For a list in which nobody wants the members, which may be many; without a version, which would be another one than with them. */
    public static ObjectNode withoutMembers(AccountGroup group) {
        ObjectNode json = resource(group, List.of()).json();
        ((ObjectNode) json.path("meta")).remove("version");
        json.remove("members");
        return json;
    }

    /** What a service may change, and the members' names. */
    public static ObjectNode attributes(AccountGroup group, List<Account> members) {
        ObjectNode json = StrictJson.object();
        group.externalId().ifPresent(id -> json.put("externalId", id));
        json.put("displayName", group.name());
        ArrayNode list = json.putArray("members");
        members.forEach(each -> list.addObject().put("value", each.id().toString()).put("display", each.name()));
        return json;
    }

    /** @throws ScimException INVALID_SYNTAX, INVALID_VALUE */
    public static Said said(JsonNode body) {
        ObjectNode json = Shape.of(body, Schema.GROUP);
        String name = json.path("displayName").asText("").strip();
        // a comma would be two names where the configuration gives groups their roles
        if (name.isEmpty() || name.length() > MAX_NAME || name.contains(",")) {
            throw new ScimException(Kind.INVALID_VALUE, "displayName", "must have 1 to " + MAX_NAME + " characters, and no comma", name);
        }
        if (json.path("members").size() > MAX_MEMBERS) {
            throw new ScimException(Kind.TOO_LARGE, "members", "must be at most " + MAX_MEMBERS, Integer.toString(json.path("members").size()));
        }
        Set<UUID> members = new LinkedHashSet<>();
        for (JsonNode each : json.path("members")) {
            String id = each.path("value").asText();
            if (!each.path("type").asText("User").equalsIgnoreCase("User")) {
                throw new ScimException(Kind.INVALID_VALUE, "members.type", "must be User: groups have no groups in them", each.path("type").asText());
            }
            members.add(Schema.id(id).orElseThrow(() -> new ScimException(Kind.INVALID_VALUE, "members.value", "must be the id of a user", id)));
        }
        return new Said(name, UserJson.externalId(json), members);
    }
}
