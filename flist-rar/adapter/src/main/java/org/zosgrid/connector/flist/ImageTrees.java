package org.zosgrid.connector.flist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.Inode;

/** Reads an image's tree, and tells two of them apart. Files are compared by their chunks' hashes: nothing of their content is loaded. */
final class ImageTrees {
    /** As Linux has it: deeper trees cannot be mounted. */
    private static final int MAX_PATH = 4096;
    private static final int SHOWN = 100;

    private ImageTrees() {}

    /** What a directory holds, by name. */
    static List<ImageFile> children(Flist flist, String path) throws ImageException {
        Inode directory = flist.find(path).orElseThrow(() -> new ImageException("path: is not in the image (is: " + path + ")"));
        if (directory.kind() != Inode.Kind.DIRECTORY) {
            throw new ImageException("path: must be a directory (is: " + path + ", a " + kind(directory) + ")");
        }
        List<ImageFile> files = new ArrayList<>();
        for (Inode child : childrenOf(flist, directory)) {
            files.add(file(child));
        }
        return files;
    }

    /** Every path that differs, in order, at most {@code limit}. Times of change do not count: they differ in every build. */
    static List<ImageDifference> differences(Flist before, Flist after, int limit) throws ImageException {
        List<ImageDifference> found = new ArrayList<>();
        walk("", before, Optional.of(before.inode(1)), after, Optional.of(after.inode(1)), limit, found);
        return found;
    }

    private static void walk(String path, Flist before, Optional<Inode> old, Flist after, Optional<Inode> now, int limit, List<ImageDifference> found) throws ImageException {
        if (path.length() > MAX_PATH) {
            throw new ImageException("a path must not be longer than " + MAX_PATH + " characters (is: " + path.substring(0, SHOWN) + "…)");
        }
        if (found.size() == limit) {
            return;
        }
        if (!same(before, old, after, now)) {
            found.add(new ImageDifference(path.isEmpty() ? "/" : path, old.map(ImageTrees::file), now.map(ImageTrees::file)));
        }
        Map<String, Inode> olds = byName(before, old);
        Map<String, Inode> nows = byName(after, now);
        TreeMap<String, Inode> names = new TreeMap<>(olds);
        names.putAll(nows);
        for (String name : names.keySet()) {
            walk(path + "/" + name, before, Optional.ofNullable(olds.get(name)), after, Optional.ofNullable(nows.get(name)), limit, found);
        }
    }

    private static boolean same(Flist before, Optional<Inode> old, Flist after, Optional<Inode> now) {
        if (old.isEmpty() || now.isEmpty()) {
            return false;
        }
        Inode left = old.get();
        Inode right = now.get();
        return left.kind() == right.kind() && left.mode() == right.mode() && left.uid() == right.uid() && left.gid() == right.gid() && left.target().equals(right.target())
                && left.device() == right.device() && before.chunks(left).equals(after.chunks(right));
    }

    private static Map<String, Inode> byName(Flist flist, Optional<Inode> directory) {
        Map<String, Inode> names = new TreeMap<>();
        directory.ifPresent(each -> childrenOf(flist, each).forEach(child -> names.put(child.name(), child)));
        return names;
    }

    private static List<Inode> childrenOf(Flist flist, Inode directory) {
        List<Inode> children = new ArrayList<>(directory.children());
        for (int i = 0; i < directory.children(); i++) {
            children.add(flist.inode(directory.firstChild() + i));
        }
        return children;
    }

    private static ImageFile file(Inode inode) {
        return new ImageFile(inode.name(), kind(inode), inode.mode(), inode.uid(), inode.gid(), inode.kind() == Inode.Kind.DIRECTORY ? inode.children() : inode.size(), inode.target());
    }

    private static String kind(Inode inode) {
        return inode.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
