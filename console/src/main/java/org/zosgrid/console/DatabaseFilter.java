package org.zosgrid.console;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.zosgrid.workloads.health.DatabaseWatch;

/** Says at once that the database hangs, where a request would hang with it; before it is known who asks, which the database is asked for. */
public class DatabaseFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Inject
    private transient DatabaseWatch database;

    @SuppressWarnings("NullAway.Init")
    public DatabaseFilter() {}

    DatabaseFilter(DatabaseWatch database) {
        this.database = database;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (!AuthenticationFilter.isPublic(request) && database.hangs()) {
            AuthenticationFilter.send(Problem.databaseIsAway("it hangs"), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
