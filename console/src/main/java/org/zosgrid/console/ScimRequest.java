package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.Fault;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.scim.Listing;
import org.zosgrid.workloads.scim.Resource;
import org.zosgrid.workloads.scim.ScimException;
import org.zosgrid.workloads.scim.ScimException.Kind;
import org.zosgrid.workloads.scim.Shown;

/** What requests about users and about groups have in common. Query parameters that nobody knows are left alone: services add some. */
final class ScimRequest {
    private static final int PAGE = 100;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

    private ScimRequest() {}

    static Listing listing(UriInfo uri) {
        return new Listing(text(uri, "filter"), text(uri, "sortBy"), text(uri, "sortOrder").equalsIgnoreCase("descending"), number(uri, "startIndex", 1), number(uri, "count", PAGE), shown(uri));
    }

    static JsonNode body(byte[] body) {
        try {
            return StrictJson.parse(body, "body");
        } catch (ContractException broken) {
            throw new ScimException(Kind.INVALID_SYNTAX, broken.faults().getFirst());
        }
    }

    static Response read(Resource resource, String known, UriInfo uri) {
        return !known.isEmpty() && resource.names(known) ? Response.notModified().header("ETag", resource.version()).build() : answer(Response.ok(), resource, uri);
    }

    static Response made(Resource resource, UriInfo uri) {
        return answer(Response.status(Response.Status.CREATED).header("Location", resource.location()), resource, uri);
    }

    static Response changed(Resource resource, UriInfo uri) {
        return answer(Response.ok(), resource, uri);
    }

    private static Response answer(Response.ResponseBuilder answer, Resource resource, UriInfo uri) {
        return answer.header("ETag", resource.version()).entity(resource.shown(shown(uri))).build();
    }

    private static Shown shown(UriInfo uri) {
        return new Shown(Optional.of(names(uri, "attributes")).filter(names -> !names.isEmpty()), names(uri, "excludedAttributes"));
    }

    private static List<String> names(UriInfo uri, String parameter) {
        return Arrays.stream(text(uri, parameter).split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    private static int number(UriInfo uri, String parameter, int otherwise) {
        String text = text(uri, parameter);
        if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
            throw new ScimException(Kind.INVALID_VALUE, new Fault(parameter, "must be a whole number", text));
        }
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    private static String text(UriInfo uri, String parameter) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(parameter)).orElse("").strip();
    }
}
