package org.zosgrid.flist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image's files while it is being made; paths are relative, parts separated by {@code /}. */
final class Tree {
    /** One place in the tree. Directories have children, files chunks, links a target. */
    static final class Node {
        final Inode.Kind kind;
        final Map<String, Node> children = new TreeMap<>();
        final List<Chunk> chunks;
        final String target;
        final long device;
        int mode;
        int uid;
        int gid;
        long modified;

        Node(Inode.Kind kind, int mode, int uid, int gid, long modified, List<Chunk> chunks, String target, long device) {
            this.kind = kind;
            this.mode = mode & 07777;
            this.uid = uid;
            this.gid = gid;
            this.modified = modified;
            this.chunks = List.copyOf(chunks);
            this.target = target;
            this.device = device;
        }

        static Node directory(int mode, int uid, int gid, long modified) {
            return new Node(Inode.Kind.DIRECTORY, mode, uid, gid, modified, List.of(), "", 0);
        }

        long size() {
            return kind == Inode.Kind.SYMLINK ? target.getBytes(java.nio.charset.StandardCharsets.UTF_8).length : chunks.stream().mapToLong(Chunk::length).sum();
        }
    }

    private final Node root = Node.directory(0755, 0, 0, 0);

    Node root() {
        return root;
    }

    /** Puts a node at a path, making missing parents; a directory over a directory keeps the children. */
    void put(List<String> path, Node node) {
        if (path.isEmpty()) {
            root.mode = node.mode;
            root.uid = node.uid;
            root.gid = node.gid;
            root.modified = node.modified;
            return;
        }
        Node parent = parent(path);
        Node before = parent.children.get(path.getLast());
        if (before != null && before.kind == Inode.Kind.DIRECTORY && node.kind == Inode.Kind.DIRECTORY) {
            node.children.putAll(before.children);
        }
        parent.children.put(path.getLast(), node);
    }

    Optional<Node> find(List<String> path) {
        Node node = root;
        for (String part : path) {
            node = node.children.get(part);
            if (node == null) {
                return Optional.empty();
            }
        }
        return Optional.of(node);
    }

    void remove(List<String> path) {
        find(path.subList(0, path.size() - 1)).ifPresent(parent -> parent.children.remove(path.getLast()));
    }

    void clear(List<String> path) {
        find(path).ifPresent(node -> node.children.clear());
    }

    private Node parent(List<String> path) {
        Node node = root;
        for (String part : path.subList(0, path.size() - 1)) {
            Node child = node.children.get(part);
            if (child == null || child.kind != Inode.Kind.DIRECTORY) {
                child = Node.directory(0755, 0, 0, 0);
                node.children.put(part, child);
            }
            node = child;
        }
        return node;
    }

    /** Splits a path of an archive; absolute paths lose their slash, and {@code ..} is refused. */
    static List<String> path(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw new FlistException("a path must not contain '..' (is: " + name + ")");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }
}
