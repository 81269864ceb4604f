package org.zosgrid.cli.openid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;

/**
 * What a provider gave.
 *
 * @param refresh by which there is another access token when this one has expired
 */
public record ProviderTokens(String access, Instant expiresAt, Optional<String> refresh) {
    /** The name in the access token, to show it: only the control plane can tell whether it is true. */
    public String name() {
        String[] parts = access.split("\\.", -1);
        if (parts.length == 3) {
            try {
                JsonNode claims = Json.parse(Base64.getUrlDecoder().decode(parts[1]), "the access token");
                for (String claim : List.of("upn", "preferred_username", "sub")) {
                    if (!claims.path(claim).asText("").isBlank()) {
                        return claims.path(claim).asText().replaceAll("\\p{Cntrl}", "?");
                    }
                }
            } catch (IllegalArgumentException | CliException opaque) {
                // an access token need not be readable for whom it is given to
            }
        }
        return "somebody";
    }

    @Override
    public String toString() {
        return "tokens until " + expiresAt;
    }
}
