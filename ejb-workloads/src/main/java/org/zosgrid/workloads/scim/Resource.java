package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import org.zosgrid.contract.Digests;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;

/**
 * A resource as a service sees it.
 *
 * @param version  its entity tag, weak, with quotes: it changes with everything that is shown of the resource
 * @param location its path
 */
public record Resource(ObjectNode json, String version, String location) {
    private static final int TAG = 32;

    static Resource of(Schema schema, String id, ObjectNode attributes, Instant created, Instant modified) {
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add(schema.id());
        json.put("id", id);
        json.setAll(attributes);
        String location = schema.location(id);
        ObjectNode meta = json.putObject("meta").put("resourceType", schema.name()).put("created", created.toString()).put("lastModified", modified.toString()).put("location", location);
        String version = "W/\"" + Digests.sha256Hex(StrictJson.bytes(json)).substring(0, TAG) + "\"";
        meta.put("version", version);
        return new Resource(json, version, location);
    }

    public byte[] shown(Shown shown) {
        return StrictJson.bytes(shown.of(json));
    }

    /**
     * @param condition the header If-Match; empty if there was none
     * @throws ScimException CHANGED_MEANWHILE
     */
    public void mustBe(String condition) {
        if (!condition.isEmpty() && !names(condition)) {
            throw new ScimException(ScimException.Kind.CHANGED_MEANWHILE, new Fault("If-Match", "must be the version of the resource as it is now, " + version, condition));
        }
    }

    /** Whether a list of entity tags has this one; compared weakly, since a tag of ours is weak. */
    public boolean names(String condition) {
        return condition.strip().equals("*") || Arrays.stream(condition.split(",")).map(Resource::opaque).anyMatch(opaque(version)::equals);
    }

    private static String opaque(String tag) {
        String stripped = tag.strip();
        return stripped.startsWith("W/") ? stripped.substring(2) : stripped;
    }
}
