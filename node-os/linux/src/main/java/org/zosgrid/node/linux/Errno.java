package org.zosgrid.node.linux;

import java.util.Map;

/** Error numbers of x86-64 and AArch64 Linux that somebody here acts on or shows. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOTCONN = 107;

    static final int EACCES = 13;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(EPERM, "operation not permitted (EPERM)"),
            Map.entry(ENOENT, "no such file or directory (ENOENT)"),
            Map.entry(EINTR, "interrupted (EINTR)"),
            Map.entry(EIO, "input/output error (EIO)"),
            Map.entry(EAGAIN, "try again (EAGAIN)"),
            Map.entry(EACCES, "permission denied (EACCES)"),
            Map.entry(EBUSY, "busy (EBUSY)"),
            Map.entry(EEXIST, "exists (EEXIST)"),
            Map.entry(ENODEV, "no such device (ENODEV)"),
            Map.entry(ENOTDIR, "not a directory (ENOTDIR)"),
            Map.entry(EINVAL, "invalid argument (EINVAL)"),
            Map.entry(ENOSPC, "no space left (ENOSPC)"),
            Map.entry(EROFS, "read-only file system (EROFS)"),
            Map.entry(3, "no such process (ESRCH)"),
            Map.entry(6, "no such device or address (ENXIO)"),
            Map.entry(9, "bad file descriptor (EBADF)"),
            Map.entry(12, "out of memory (ENOMEM)"),
            Map.entry(15, "not a block device (ENOTBLK)"),
            Map.entry(18, "on another file system (EXDEV)"),
            Map.entry(EISDIR, "is a directory (EISDIR)"),
            Map.entry(24, "too many open files (EMFILE)"),
            Map.entry(25, "not for this device (ENOTTY)"),
            Map.entry(32, "broken pipe (EPIPE)"),
            Map.entry(ENAMETOOLONG, "name too long (ENAMETOOLONG)"),
            Map.entry(ENOSYS, "not implemented by this kernel (ENOSYS)"),
            Map.entry(39, "directory not empty (ENOTEMPTY)"),
            Map.entry(40, "too many symbolic links (ELOOP)"),
            Map.entry(ENODATA, "no data (ENODATA)"),
            Map.entry(77, "descriptor in bad state (EBADFD)"),
            Map.entry(EOPNOTSUPP, "not supported (EOPNOTSUPP)"),
            Map.entry(98, "address in use (EADDRINUSE)"),
            Map.entry(ENOTCONN, "not connected (ENOTCONN)"));

    private Errno() {}

    static String name(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }
}
