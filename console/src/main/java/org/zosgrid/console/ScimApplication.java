package org.zosgrid.console;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Everything that answers under {@code /scim/v2}: SCIM 2.0, which describes itself there. */
@ApplicationPath("/scim/v2")
public class ScimApplication extends Application {
    /** RFC 7644, section 8.1; services that ask for plain JSON get the same under that name. */
    static final String MEDIA_TYPE = "application/scim+json";

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ScimDiscoveryResource.class, ScimUsersResource.class, ScimGroupsResource.class, ScimProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true, "jersey.config.server.headers.location.relative.resolution.disabled", true);
    }
}
