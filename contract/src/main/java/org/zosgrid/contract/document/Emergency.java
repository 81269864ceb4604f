package org.zosgrid.contract.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.zosgrid.contract.JsonObject;

/**
 * Makes a deployment an emergency change ("break glass"): by the trust root's rule for emergencies it needs fewer approvals, and every node ends it by itself when its time is over.
 *
 * @param reason why there is no time for the usual way; whoever reviews it reads this
 * @param until when it ends, unless a version that was approved in the usual way has taken its place
 */
public record Emergency(String reason, Instant until) {

    static Emergency read(JsonObject object) {
        return new Emergency(object.text("reason", 1000), object.instant("until"));
    }

    void write(ObjectNode document) {
        document.putObject("emergency").put("reason", reason).put("until", until.toString());
    }

    /** Whether its time is over. */
    public boolean over(Instant now) {
        return !now.isBefore(until);
    }
}
