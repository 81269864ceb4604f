package org.zosgrid.contract.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;
import org.zosgrid.contract.JsonObject;
import org.zosgrid.contract.StrictJson;

/**
 * One rule of a policy.
 *
 * @param name says in refusals which rule it was
 */
public record Rule(String name, Match match, Requirement require) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");

    public Rule {
        if (!NAME.matcher(name).matches()) {
            throw new ContractException("name", "must be 1 to 36 of a-z, 0-9 and '-', beginning and ending with a letter or digit", name);
        }
    }

    public boolean matches(ChangeClass change) {
        return match.fits(change);
    }

    static Rule read(JsonObject object) {
        String name = object.text("name", 36);
        Match match = object.has("match") ? object.object("match", Match::read).orElse(Match.EVERYTHING) : Match.EVERYTHING;
        Optional<Requirement> require = object.object("require", Requirement::read);
        return new Rule(name, match, require.orElseThrow(() -> new ContractException("require", "is missing")));
    }

    ObjectNode toJson() {
        ObjectNode object = StrictJson.object().put("name", name);
        if (!match.equals(Match.EVERYTHING)) {
            object.set("match", match.toJson());
        }
        object.set("require", require.toJson());
        return object;
    }
}
