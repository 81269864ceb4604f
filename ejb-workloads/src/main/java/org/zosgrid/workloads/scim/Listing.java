package org.zosgrid.workloads.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.model.Condition;

/**
 * Which resources are wanted and how, RFC 7644, section 3.4.2. Numbers out of range mean the nearest within, as it says there.
 *
 * @param filter     empty for all
 * @param sortBy     empty for an order of ours
 * @param startIndex of the first, counted from 1
 * @param count      the most that are wanted
 */
public record Listing(String filter, String sortBy, boolean descending, int startIndex, int count, Shown shown) {
    /** The most that come at once. */
    public static final int MOST = 200;
    /** Deep enough for every account that there may be. */
    private static final int LAST = 1_000_000;

    public Listing {
        startIndex = Math.clamp(startIndex, 1, LAST);
        count = Math.clamp(count, 0, MOST);
    }

    public Condition condition(Schema schema) {
        return filter.isEmpty() ? Condition.ALL : new Wanted(schema).condition(Filter.parse(filter));
    }

    public Condition.Order order(Schema schema) {
        return sortBy.isEmpty() ? Condition.Order.BY_NAME : new Wanted(schema).order(sortBy, descending);
    }

    public int from() {
        return startIndex - 1;
    }

    public byte[] answer(long total, List<ObjectNode> resources) {
        return answer(total, startIndex, resources.stream().map(shown::of).toList());
    }

    /** A list that comes whole. */
    public static byte[] everything(List<ObjectNode> resources) {
        return answer(resources.size(), 1, resources);
    }

    private static byte[] answer(long total, int startIndex, List<ObjectNode> resources) {
        ObjectNode json = StrictJson.object();
        json.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        json.put("totalResults", total).put("startIndex", startIndex).put("itemsPerPage", resources.size());
        json.putArray("Resources").addAll(resources);
        return StrictJson.bytes(json);
    }

    /** Whether an attribute that is costly to find is wanted at all. */
    public boolean shows(String attribute) {
        return shown.shows(attribute);
    }
}
