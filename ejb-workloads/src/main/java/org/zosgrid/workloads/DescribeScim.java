package org.zosgrid.workloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.Listing;
import org.zosgrid.workloads.scim.Schema;
import org.zosgrid.workloads.scim.ScimException;
import org.zosgrid.workloads.scim.ScimException.Kind;

/** Tells a provisioning service what it may say here: RFC 7643, sections 5 to 7. */
@Stateless
public class DescribeScim {
    private static final List<Schema> ALL = List.of(Schema.USER, Schema.GROUP);

    @Inject private Provisioners provisioners;

    /** @throws RefusedException FORBIDDEN */
    public byte[] configuration(Identity caller) {
        provisioners.check(caller);
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
        json.putObject("patch").put("supported", true);
        json.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
        json.putObject("filter").put("supported", true).put("maxResults", Listing.MOST);
        json.putObject("changePassword").put("supported", true);
        json.putObject("sort").put("supported", true);
        json.putObject("etag").put("supported", true);
        json.putArray("authenticationSchemes").addObject().put("type", "oauthbearertoken").put("name", "Bearer token").put("description", "A token of the operator's file, or a JWT of the issuer").put("primary", true);
        json.putObject("meta").put("resourceType", "ServiceProviderConfig").put("location", "/scim/v2/ServiceProviderConfig");
        return StrictJson.bytes(json);
    }

    /** @throws RefusedException FORBIDDEN */
    public byte[] resourceTypes(Identity caller) {
        provisioners.check(caller);
        return Listing.everything(ALL.stream().map(Schema::resourceType).toList());
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException NOT_FOUND */
    public byte[] resourceType(Identity caller, String name) {
        provisioners.check(caller);
        return StrictJson.bytes(one(name, Schema::name).resourceType());
    }

    /** @throws RefusedException FORBIDDEN */
    public byte[] schemas(Identity caller) {
        provisioners.check(caller);
        return Listing.everything(ALL.stream().map(Schema::json).toList());
    }

    /** @throws RefusedException FORBIDDEN @throws ScimException NOT_FOUND */
    public byte[] schema(Identity caller, String id) {
        provisioners.check(caller);
        return StrictJson.bytes(one(id, Schema::id).json());
    }

    private static Schema one(String wanted, Function<Schema, String> by) {
        Optional<Schema> found = ALL.stream().filter(each -> by.apply(each).equals(wanted)).findFirst();
        return found.orElseThrow(() -> new ScimException(Kind.NOT_FOUND, new Fault("id", "must be one of " + String.join(", ", ALL.stream().map(by).toList()), wanted)));
    }
}
