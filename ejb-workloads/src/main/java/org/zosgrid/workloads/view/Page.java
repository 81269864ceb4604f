package org.zosgrid.workloads.view;

import java.util.List;
import java.util.Optional;

/** A page of a list; {@code next} is the cursor of the page after it, empty at the end. */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
