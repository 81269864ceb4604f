package org.zosgrid.node.zdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All namespaces of one data directory. The one called {@code default} is always there. */
public final class Store implements AutoCloseable {
    static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[^/\\x00-\\x1f]{1,128}");
    private static final long FILE_SIZE = 256L << 20;

    private final Path directory;
    private final ConcurrentSkipListMap<String, Namespace> namespaces = new ConcurrentSkipListMap<>();

    private Store(Path directory) {
        this.directory = directory;
    }

    /** Opens a data directory, creating it if it is not there; every namespace's index is rebuilt from its log. */
    public static Store open(Path directory) {
        Store store = new Store(directory);
        try {
            Files.createDirectories(directory);
            try (Stream<Path> children = Files.list(directory)) {
                for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
                    String name = child.getFileName().toString();
                    store.namespaces.put(name, Namespace.open(name, child, FILE_SIZE, NamespaceProperties.read(child)));
                }
            }
            store.createIfAbsent(DEFAULT, Mode.USER);
            return store;
        } catch (IOException failed) {
            store.close();
            throw new UncheckedIOException("cannot open the store in " + directory + ": " + failed.getMessage(), failed);
        }
    }

    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    public List<String> names() {
        return List.copyOf(namespaces.keySet());
    }

    /** The namespace of that name, made with these keys if it is not there yet. */
    public Namespace createIfAbsent(String name, Mode mode) {
        return namespaces.computeIfAbsent(name, absent -> make(name, NamespaceProperties.of(mode)));
    }

    Namespace create(String name) {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..") || name.equals(DEFAULT)) {
            throw new ZdbException.Refused("This name is not allowed");
        }
        if (namespaces.containsKey(name)) {
            throw new ZdbException.Refused("This namespace is not available");
        }
        return createIfAbsent(name, Mode.USER);
    }

    void delete(String name) {
        if (name.equals(DEFAULT)) {
            throw new ZdbException.Refused("Cannot remove default namespace");
        }
        Namespace namespace = namespaces.remove(name);
        if (namespace == null) {
            throw new ZdbException.Refused("This namespace doesn't exists");
        }
        namespace.close();
        try (Stream<Path> files = Files.walk(directory.resolve(name))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Could not remove namespace", failed);
        }
    }

    private Namespace make(String name, NamespaceProperties properties) {
        try {
            Path place = directory.resolve(name);
            Files.createDirectories(place);
            properties.write(place);
            return Namespace.open(name, place, FILE_SIZE, properties);
        } catch (IOException failed) {
            throw new ZdbException.DiskFailed("Could not create namespace", failed);
        }
    }

    @Override
    public void close() {
        namespaces.values().forEach(Namespace::close);
    }
}
