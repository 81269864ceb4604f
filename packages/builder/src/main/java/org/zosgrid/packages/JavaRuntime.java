package org.zosgrid.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java runtime linked for the control plane out of the JDK that runs this program, and the C library it needs. No debug information, no tools, nothing that draws on a screen.
 *
 * @param home the runtime's folder
 * @param libraries the shared libraries of this machine that it loads, by the paths at which it looks for them
 */
record JavaRuntime(Path home, SortedSet<Path> libraries) {
    private static final String MODULES = String.join(",",
        "java.se", "jdk.unsupported", "jdk.crypto.ec", "jdk.crypto.cryptoki", "jdk.naming.dns", "jdk.zipfs", "jdk.management", "jdk.management.agent", "jdk.jfr", "jdk.charsets", "jdk.localedata",
        "jdk.security.auth", "jdk.security.jgss", "jdk.httpserver", "jdk.xml.dom", "jdk.net", "jdk.jcmd");
    /** What needs X11 or a sound card. */
    private static final List<String> OF_SCREENS = List.of("libawt_xawt.so", "libjawt.so", "libsplashscreen.so", "libjsound.so");
    private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");

    /** Links one into {@code home}, which must not exist. */
    static JavaRuntime link(Path home) {
        Path jdk = Path.of(System.getProperty("java.home"));
        Tool.run(home.getParent(), Map.of(), List.of(jdk.resolve("bin/jlink").toString(),
            "--add-modules", MODULES, "--strip-debug", "--no-man-pages", "--no-header-files", "--compress", "zip-6", "--output", home.toString()));
        try {
            for (String name : OF_SCREENS) {
                Files.deleteIfExists(home.resolve("lib").resolve(name));
            }
            return new JavaRuntime(home, libraries(home));
        } catch (IOException failed) {
            throw new PackagingException("cannot finish the Java runtime in " + home, failed);
        }
    }

    private static SortedSet<Path> libraries(Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldd", home.resolve("bin/java").toString()));
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            files.filter(file -> file.getFileName().toString().endsWith(".so")).sorted().map(Path::toString).forEach(command::add);
        }
        var libraries = new TreeSet<Path>();
        Tool.run(home, Map.of(), command).lines().map(LIBRARY::matcher).filter(Matcher::find).map(found -> Path.of(found.group(1)))
            .filter(library -> !library.normalize().startsWith(home)).forEach(libraries::add);
        return libraries;
    }
}
