package org.zosgrid.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Variables of the environment that look like settings and are none. They are warned of and no fault: who runs this may have others for reasons of their own (Kubernetes makes
 * {@code ZOS_SERVICE_HOST} for every container beside a service that is called {@code zos}).
 */
final class UnknownVariables {
    private static final String PREFIX = "ZOS_";

    /** What the command line and its script read for themselves; others of theirs are settings too. */
    private static final Set<String> OF_THE_COMMAND_LINE = Set.of("ZOS_HOME", "ZOS_KEY", "ZOS_PKCS11", "ZOS_SERVER", "ZOS_TRACE");

    private UnknownVariables() {}

    /** A line for each, in order, with the nearest that is one; their values are not told. */
    static List<String> of(Map<String, String> environment) {
        Set<String> known = Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
        return new TreeSet<>(environment.keySet()).stream().filter(name -> name.startsWith(PREFIX) && !known.contains(name) && !OF_THE_COMMAND_LINE.contains(name))
                .map(name -> name + ": this environment variable is no setting and changes nothing; the nearest that is one is " + Settings.nearest(name, Setting::variable).variable()).toList();
    }
}
