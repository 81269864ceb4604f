package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.model.Account;
import org.zosgrid.model.AccountGroup;
import org.zosgrid.model.Accounts;
import org.zosgrid.workloads.login.Passwords;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Accounts as JSON, and back. */
public final class UserJson {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9._@+'#!~-]{0,99}");
    private static final int MAX_TEXT = 200;

    private UserJson() {}

    /**
     * What a service says of an account.
     *
     * @param name     in small letters
     * @param active   empty if it says nothing about that
     * @param password a new one
     */
    public record Said(String name, Optional<String> externalId, Account.Profile profile, Optional<Boolean> active, Optional<String> password) {}

    public static Resource resource(Account account, List<AccountGroup> groups) {
        ObjectNode json = attributes(account);
        ArrayNode list = json.putArray("groups");
        groups.forEach(each -> list.addObject().put("value", each.id().toString()).put("$ref", Schema.GROUP.location(each.id().toString())).put("display", each.name()));
        return Resource.of(Schema.USER, account.id().toString(), json, account.createdAt(), account.modifiedAt());
    }

    /** What a service may change. */
    public static ObjectNode attributes(Account account) {
        ObjectNode json = StrictJson.object();
        account.externalId().ifPresent(id -> json.put("externalId", id));
        json.put("userName", account.name());
        Account.Profile profile = account.profile();
        ObjectNode name = StrictJson.object();
        given(name, "givenName", profile.givenName());
        given(name, "familyName", profile.familyName());
        if (!name.isEmpty()) {
            json.set("name", name);
        }
        given(json, "displayName", profile.displayName());
        if (!profile.email().isEmpty()) {
            json.putArray("emails").addObject().put("value", profile.email()).put("type", "work").put("primary", true);
        }
        return json.put("active", account.active());
    }

    private static void given(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    /** @throws ScimException INVALID_SYNTAX, INVALID_VALUE */
    public static Said said(JsonNode body) {
        ObjectNode json = Shape.of(body, Schema.USER);
        String name = Accounts.name(json.path("userName").asText(""));
        if (!NAME.matcher(name).matches()) {
            throw new ScimException(Kind.INVALID_VALUE, "userName", "must be 1 to 100 letters and digits of ASCII and of . _ @ + ' # ! ~ -, beginning with a letter or digit", name);
        }
        Optional<String> password = Optional.ofNullable(json.get("password")).filter(JsonNode::isTextual).map(JsonNode::asText);
        password.flatMap(Passwords::fault).ifPresent(fault -> {
            throw new ScimException(Kind.INVALID_VALUE, fault);
        });
        Optional<Boolean> active = Optional.ofNullable(json.get("active")).filter(JsonNode::isBoolean).map(JsonNode::asBoolean);
        var profile = new Account.Profile(text(json, "displayName"), text(json.path("name"), "givenName"), text(json.path("name"), "familyName"), email(json.path("emails")));
        return new Said(name, externalId(json), profile, active, password);
    }

    static Optional<String> externalId(ObjectNode json) {
        return Optional.of(text(json, "externalId")).filter(id -> !id.isEmpty());
    }

    private static String email(JsonNode emails) {
        JsonNode first = emails.path(0);
        for (JsonNode each : emails) {
            first = each.path("primary").asBoolean() ? each : first;
        }
        return text(first, "value");
    }

    private static String text(JsonNode json, String field) {
        String text = json.path(field).isTextual() ? json.path(field).asText().strip() : "";
        if (text.length() > MAX_TEXT) {
            throw new ScimException(Kind.INVALID_VALUE, field, "must have at most " + MAX_TEXT + " characters", text.length() + " characters");
        }
        return text;
    }
}
