package org.zosgrid.flist;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Writes a tree as an flist: breadth first, names in byte order, so that the same tree always gives the same bytes. */
final class FlistWriter {
    private FlistWriter() {}

    private record Placed(Tree.Node node, String name, int parent) {}

    static byte[] write(Tree tree, ImageConfig config) {
        List<Placed> placed = new ArrayList<>();
        List<Integer> firstChildren = new ArrayList<>();
        Deque<Integer> waiting = new ArrayDeque<>();
        placed.add(new Placed(tree.root(), "", 0));
        waiting.add(0);
        while (!waiting.isEmpty()) {
            int index = waiting.remove();
            Tree.Node node = placed.get(index).node();
            firstChildren.add(node.children.isEmpty() ? 0 : placed.size() + 1);
            node.children.entrySet().stream()
                    .sorted((a, b) -> java.util.Arrays.compareUnsigned(bytes(a.getKey()), bytes(b.getKey())))
                    .forEach(child -> {
                        waiting.add(placed.size());
                        placed.add(new Placed(child.getValue(), child.getKey(), index + 1));
                    });
        }
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        byte[] configBytes = config.toJson();
        heap.writeBytes(configBytes);
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer inodes = ByteBuffer.allocate(placed.size() * Flist.INODE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < placed.size(); i++) {
            Placed each = placed.get(i);
            Tree.Node node = each.node();
            byte[] name = bytes(each.name());
            byte[] target = bytes(node.target);
            inodes.putInt(each.parent()).putInt(heap.size()).putShort((short) name.length).put((byte) node.kind.ordinal()).put((byte) 0);
            heap.writeBytes(name);
            inodes.putInt(node.mode).putInt(node.uid).putInt(node.gid).putLong(node.modified).putLong(node.size());
            inodes.putInt(firstChildren.get(i)).putInt(node.children.size());
            switch (node.kind) {
                case SYMLINK -> inodes.putInt(heap.size()).putInt(target.length);
                default -> inodes.putInt(chunks.size()).putInt(node.chunks.size());
            }
            inodes.putLong(node.device);
            heap.writeBytes(target);
            chunks.addAll(node.chunks);
        }
        ByteBuffer whole = ByteBuffer.allocate(Flist.HEADER_BYTES + inodes.capacity() + chunks.size() * Flist.CHUNK_BYTES + heap.size()).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(Flist.MAGIC).putInt(placed.size()).putInt(chunks.size()).putInt(heap.size()).putInt(configBytes.length).put(inodes.flip());
        for (Chunk chunk : chunks) {
            whole.put(HexFormat.of().parseHex(chunk.fingerprint())).putInt(chunk.length());
        }
        return whole.put(heap.toByteArray()).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
