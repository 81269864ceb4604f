package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.Attribute.Mutability;

/**
 * What is kept of a kind of resource, and what is known from RFC 7643 and is not kept: that is taken without a fault, since services send it, and is gone.
 *
 * @param endpoint after {@code /scim/v2}
 * @param unkept   in small letters
 */
public record Schema(String id, String name, String endpoint, String description, List<Attribute> attributes, Set<String> unkept) {
    static final String ROOT = "/scim/v2";
    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user";
    /** What resources of every kind have. */
    private static final Set<String> COMMON = Set.of("schemas", "id", "meta");

    static final Attribute EXTERNAL_ID = Attribute.text("externalId", "The service's own name for it").exactly();

    public static final Schema USER = new Schema("urn:ietf:params:scim:schemas:core:2.0:User", "User", "/Users", "An account, which may log in; it signs nothing", List.of(
            Attribute.key("userName", "By which somebody logs in; kept in small letters"),
            Attribute.parts("name", "The parts of a person's name", Attribute.text("givenName", "Given name"), Attribute.text("familyName", "Family name")),
            Attribute.text("displayName", "What people call them"),
            Attribute.parts("emails", "One address is kept: the primary one, or else the first", Attribute.text("value", "The address"), Attribute.text("type", "Always work"), Attribute.truth("primary", "Always true")).list(),
            Attribute.truth("active", "Whether it may log in. What is not active is out at once, however it proves who it is"),
            Attribute.text("password", "12 to 200 characters; kept as Argon2id").exactly().with(Mutability.WRITE_ONLY),
            Attribute.parts("groups", "The groups it is in", Attribute.text("value", "A group's id").exactly().with(Mutability.READ_ONLY), Attribute.reference("$ref", "The group"), Attribute.text("display", "Its name").with(Mutability.READ_ONLY))
                    .list().with(Mutability.READ_ONLY)),
            Set.of("nickname", "profileurl", "title", "usertype", "preferredlanguage", "locale", "timezone", "phonenumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509certificates",
                    "name.formatted", "name.middlename", "name.honorificprefix", "name.honorificsuffix", "emails.display"));

    public static final Schema GROUP = new Schema("urn:ietf:params:scim:schemas:core:2.0:Group", "Group", "/Groups", "Accounts that belong together; the configuration says which role they have by the group's name", List.of(
            Attribute.key("displayName", "Its name").exactly(),
            Attribute.parts("members", "Accounts; groups have no groups in them", Attribute.text("value", "An account's id").exactly().with(Mutability.IMMUTABLE), Attribute.reference("$ref", "The account"),
                    Attribute.text("display", "Its name").with(Mutability.READ_ONLY), Attribute.text("type", "Always User").with(Mutability.IMMUTABLE)).list()),
            Set.of());

    /** An attribute that is kept, or one of its parts. */
    Optional<Attribute> attribute(String wanted) {
        return wanted.equalsIgnoreCase(EXTERNAL_ID.name()) ? Optional.of(EXTERNAL_ID) : Attribute.named(attributes, wanted);
    }

    /** Known, and not kept, or not for anybody to set. */
    boolean leavesOut(String attributeOrPart) {
        String small = attributeOrPart.toLowerCase(Locale.ROOT);
        return unkept.contains(small) || COMMON.contains(small) || small.startsWith("meta.") || this == USER && small.startsWith(EXTENSION);
    }

    /** Empty for what is no id of ours. */
    public static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A name without the schema's own URI before it. */
    String local(String attribute) {
        return attribute.regionMatches(true, 0, id + ":", 0, id.length() + 1) ? attribute.substring(id.length() + 1) : attribute;
    }

    String location(String of) {
        return ROOT + endpoint + "/" + of;
    }

    /** As {@code /Schemas} tells it. */
    public ObjectNode json() {
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Schema");
        json.put("id", id).put("name", name).put("description", description);
        json.putArray("attributes").addAll(attributes.stream().map(Attribute::json).toList());
        json.putObject("meta").put("resourceType", "Schema").put("location", ROOT + "/Schemas/" + id);
        return json;
    }

    /** As {@code /ResourceTypes} tells it. */
    public ObjectNode resourceType() {
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ResourceType");
        json.put("id", name).put("name", name).put("endpoint", endpoint).put("description", description).put("schema", id);
        json.putObject("meta").put("resourceType", "ResourceType").put("location", ROOT + "/ResourceTypes/" + name);
        return json;
    }
}
