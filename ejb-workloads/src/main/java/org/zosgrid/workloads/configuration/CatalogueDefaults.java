package org.zosgrid.workloads.configuration;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.Arrays;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.zosgrid.settings.Setting;

/** The catalogue's defaults, after every other source. What has none, or is "none", is absent. */
public class CatalogueDefaults implements ConfigSource {
    private static final int LAST = 1;

    @Override
    public Set<String> getPropertyNames() {
        return Arrays.stream(Setting.values()).filter(each -> !each.otherwise().orElse("").isEmpty()).map(Setting::key).collect(Collectors.toSet());
    }

    @Override
    public @Nullable String getValue(String key) {
        return Arrays.stream(Setting.values()).filter(each -> each.key().equals(key)).findFirst()
                .flatMap(Setting::otherwise).filter(value -> !value.isEmpty()).orElse(null);
    }

    @Override
    public int getOrdinal() {
        return LAST;
    }

    @Override
    public String getName() {
        return "catalogue";
    }
}
