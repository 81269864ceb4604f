package org.zosgrid.node.zosfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.zosgrid.flist.Chunk;
import org.zosgrid.flist.Flist;
import org.zosgrid.flist.FlistException;
import org.zosgrid.flist.Inode;
import org.zosgrid.node.linux.Errno;
import org.zosgrid.node.linux.FileDescriptor;
import org.zosgrid.node.linux.Linux;
import org.zosgrid.node.linux.LinuxException;

/**
 * Answers the kernel's requests for one mount. Inode numbers are the flist's, so nothing has to be remembered between requests and forgetting is free.
 * Each worker thread has a session's {@link #serve} loop of its own, with its own two buffers.
 */
final class FuseSession {
    private static final System.Logger LOG = System.getLogger(FuseSession.class.getName());
    private static final int MAX_READ = 1 << 20;
    /** Nothing is ever written; the kernel only wants the request buffer to have room for it. */
    private static final int MAX_WRITE = 4096;
    private static final int REQUEST_BYTES = 64 << 10;
    private static final int REPLY_BYTES = MAX_READ + 4096;
    /** An image never changes: the kernel may remember for a day. */
    private static final long VALID_SECONDS = 86_400;

    private final FileDescriptor device;
    private final Flist flist;
    private final ChunkCache cache;
    private final String name;

    FuseSession(FileDescriptor device, Flist flist, ChunkCache cache, String name) {
        this.device = device;
        this.flist = flist;
        this.cache = cache;
        this.name = name;
    }

    /** Answers requests until the file system is unmounted. */
    void serve() {
        ByteBuffer request = ByteBuffer.allocateDirect(REQUEST_BYTES).order(ByteOrder.nativeOrder());
        ByteBuffer reply = ByteBuffer.allocateDirect(REPLY_BYTES).order(ByteOrder.nativeOrder());
        while (true) {
            request.clear();
            try {
                Linux.read(device, request);
            } catch (LinuxException.SystemCall failed) {
                if (failed.errno() == Errno.ENODEV) {
                    return;
                }
                // The request was taken back before it could be read.
                if (failed.errno() == Errno.ENOENT || failed.errno() == Errno.EAGAIN) {
                    continue;
                }
                LOG.log(System.Logger.Level.ERROR, "{0}: cannot read requests: {1}", name, failed.getMessage());
                // Readers get an error instead of waiting for ever.
                device.close();
                return;
            }
            request.flip();
            answer(request, reply);
        }
    }

    private void answer(ByteBuffer request, ByteBuffer reply) {
        int operation = request.getInt(4);
        long unique = request.getLong(8);
        if (operation == Fuse.FORGET || operation == Fuse.BATCH_FORGET || operation == Fuse.INTERRUPT) {
            return;
        }
        reply.clear().position(Fuse.OUT_HEADER);
        int error = 0;
        try {
            error = operate(operation, request, reply);
        } catch (FlistException failed) {
            LOG.log(System.Logger.Level.ERROR, "{0}: {1}", name, failed.getMessage());
            error = Errno.EIO;
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, name + ": request " + operation + " failed", failed);
            error = Errno.EIO;
        }
        if (error != 0) {
            reply.clear().position(Fuse.OUT_HEADER);
        }
        reply.flip().putInt(0, reply.limit()).putInt(4, -error).putLong(8, unique);
        try {
            Linux.write(device, reply);
        } catch (LinuxException.SystemCall gone) {
            // ENOENT: whoever asked was interrupted and does not want the answer any more.
            if (gone.errno() != Errno.ENOENT && gone.errno() != Errno.ENODEV) {
                LOG.log(System.Logger.Level.WARNING, "{0}: an answer was not taken: {1}", name, gone.getMessage());
            }
        }
    }

    /** Writes the operation's answer behind the header; returns 0 or an errno. */
    private int operate(int operation, ByteBuffer request, ByteBuffer reply) {
        switch (operation) {
            case Fuse.INIT -> init(request, reply);
            case Fuse.LOOKUP -> {
                Optional<Inode> found = flist.lookup(inode(request), text(request, Fuse.IN_HEADER));
                if (found.isEmpty()) {
                    return Errno.ENOENT;
                }
                entry(found.get(), reply);
            }
            case Fuse.GETATTR -> {
                reply.putLong(VALID_SECONDS).putInt(0).putInt(0);
                attributes(inode(request), reply);
            }
            case Fuse.READLINK -> reply.put(inode(request).target().getBytes(StandardCharsets.UTF_8));
            case Fuse.OPEN -> reply.putLong(0).putInt(Fuse.FOPEN_KEEP_CACHE).putInt(0);
            case Fuse.OPENDIR -> reply.putLong(0).putInt(Fuse.FOPEN_KEEP_CACHE | Fuse.FOPEN_CACHE_DIR).putInt(0);
            case Fuse.READ -> read(inode(request), request.getLong(Fuse.IN_HEADER + 8), request.getInt(Fuse.IN_HEADER + 16), reply);
            case Fuse.READDIR -> readDirectory(inode(request), request.getLong(Fuse.IN_HEADER + 8), request.getInt(Fuse.IN_HEADER + 16), false, reply);
            case Fuse.READDIRPLUS -> readDirectory(inode(request), request.getLong(Fuse.IN_HEADER + 8), request.getInt(Fuse.IN_HEADER + 16), true, reply);
            case Fuse.STATFS -> {
                long blocks = (flist.contentBytes() + 4095) / 4096;
                reply.putLong(blocks).putLong(0).putLong(0).putLong(flist.inodes()).putLong(0).putInt(4096).putInt(255).putInt(4096);
                reply.put(new byte[28]);
            }
            case Fuse.GETXATTR -> {
                return Errno.ENODATA;
            }
            case Fuse.LISTXATTR -> reply.putInt(0).putInt(0);
            case Fuse.RELEASE, Fuse.RELEASEDIR, Fuse.FLUSH, Fuse.DESTROY -> {}
            default -> {
                return Errno.ENOSYS;
            }
        }
        return 0;
    }

    private static void init(ByteBuffer request, ByteBuffer reply) {
        int offered = request.getInt(Fuse.IN_HEADER + 12);
        int wanted = Fuse.ASYNC_READ | Fuse.PARALLEL_DIROPS | Fuse.DO_READDIRPLUS | Fuse.MAX_PAGES | Fuse.CACHE_SYMLINKS;
        reply.putInt(Fuse.MAJOR).putInt(Fuse.MINOR).putInt(MAX_READ).putInt(offered & wanted);
        reply.putShort((short) 64).putShort((short) 48).putInt(MAX_WRITE).putInt(1).putShort((short) (MAX_READ / 4096)).putShort((short) 0);
        reply.put(new byte[32]);
    }

    private Inode inode(ByteBuffer request) {
        return flist.inode((int) request.getLong(16));
    }

    private void entry(Inode inode, ByteBuffer reply) {
        reply.putLong(inode.number()).putLong(0).putLong(VALID_SECONDS).putLong(VALID_SECONDS).putInt(0).putInt(0);
        attributes(inode, reply);
    }

    private static void attributes(Inode inode, ByteBuffer reply) {
        int links = inode.kind() == Inode.Kind.DIRECTORY ? 2 : 1;
        reply.putLong(inode.number()).putLong(inode.size()).putLong((inode.size() + 511) / 512);
        reply.putLong(inode.modified()).putLong(inode.modified()).putLong(inode.modified());
        reply.putInt(0).putInt(0).putInt(0);
        reply.putInt(inode.kind().bits() | inode.mode()).putInt(links).putInt(inode.uid()).putInt(inode.gid());
        reply.putInt(device(inode.device())).putInt(4096).putInt(0);
    }

    /** The kernel's 32-bit form: 12 bits of major, 20 of minor, the minor's low byte lowest. */
    private static int device(long device) {
        int major = (int) (device >>> 32);
        int minor = (int) device;
        return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
    }

    /** Copies from as many chunks as the request spans; all but a file's last have the same size. */
    private void read(Inode file, long offset, int size, ByteBuffer reply) {
        List<Chunk> chunks = flist.chunks(file);
        long end = Math.min(file.size(), offset + Math.min(size, MAX_READ));
        long at = offset;
        while (at < end) {
            byte[] plain = cache.load(chunks.get((int) (at / Chunk.MAX_BYTES)).fingerprint());
            int within = (int) (at % Chunk.MAX_BYTES);
            int count = (int) Math.min(end - at, plain.length - within);
            reply.put(plain, within, count);
            at += count;
        }
    }

    /** Offset 0 is {@code .}, 1 is {@code ..}, then the children in the flist's order. */
    private void readDirectory(Inode directory, long offset, int size, boolean plus, ByteBuffer reply) {
        int limit = reply.position() + Math.min(size, MAX_READ);
        for (long at = offset; at < directory.children() + 2L; at++) {
            Inode inode = at == 0 ? directory : at == 1 ? flist.inode(Math.max(1, directory.parent())) : flist.inode(directory.firstChild() + (int) at - 2);
            byte[] bytes = (at == 0 ? "." : at == 1 ? ".." : inode.name()).getBytes(StandardCharsets.UTF_8);
            int padded = (bytes.length + 7) / 8 * 8;
            if (reply.position() + (plus ? 40 + Fuse.ATTR : 0) + 24 + padded > limit) {
                return;
            }
            if (plus) {
                if (at < 2) {
                    // The kernel must not take these two for children: a node number of 0 says so.
                    reply.put(new byte[40 + Fuse.ATTR]);
                } else {
                    entry(inode, reply);
                }
            }
            reply.putLong(inode.number()).putLong(at + 1).putInt(bytes.length).putInt(inode.kind().bits() >> 12).put(bytes).put(new byte[padded - bytes.length]);
        }
    }

    private static String text(ByteBuffer request, int offset) {
        int end = offset;
        while (end < request.limit() && request.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - offset];
        request.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
