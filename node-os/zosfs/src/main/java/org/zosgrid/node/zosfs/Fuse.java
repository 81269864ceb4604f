package org.zosgrid.node.zosfs;

/** Numbers of the FUSE protocol, version 7 (Linux, {@code include/uapi/linux/fuse.h}). */
final class Fuse {
    static final int MAJOR = 7;
    static final int MINOR = 31;
    static final int IN_HEADER = 40;
    static final int OUT_HEADER = 16;
    static final int ATTR = 88;

    static final int LOOKUP = 1;
    static final int FORGET = 2;
    static final int GETATTR = 3;
    static final int READLINK = 5;
    static final int OPEN = 14;
    static final int READ = 15;
    static final int STATFS = 17;
    static final int RELEASE = 18;
    static final int GETXATTR = 22;
    static final int LISTXATTR = 23;
    static final int FLUSH = 25;
    static final int INIT = 26;
    static final int OPENDIR = 27;
    static final int READDIR = 28;
    static final int RELEASEDIR = 29;
    static final int INTERRUPT = 36;
    static final int DESTROY = 38;
    static final int BATCH_FORGET = 42;
    static final int READDIRPLUS = 44;

    /** INIT flags: reads run in parallel; directories come with attributes; requests of more than 32 pages; links are cached. */
    static final int ASYNC_READ = 1;
    static final int PARALLEL_DIROPS = 1 << 18;
    static final int DO_READDIRPLUS = 1 << 13;
    static final int MAX_PAGES = 1 << 22;
    static final int CACHE_SYMLINKS = 1 << 23;

    /** OPEN flags: the page cache stays valid between opens, since nothing ever changes. */
    static final int FOPEN_KEEP_CACHE = 1 << 1;
    static final int FOPEN_CACHE_DIR = 1 << 3;

    private Fuse() {}
}
