package org.zosgrid.workloads;

import jakarta.ejb.Stateless;

/** Fetches what a machine wrote from the node it runs on. */
@Stateless
public class ReadLogs {
    /** @throws RefusedException NOT_FOUND or UNAVAILABLE */
    public String logs(String name, String machine) {
        throw new UnsupportedOperationException();
    }
}
