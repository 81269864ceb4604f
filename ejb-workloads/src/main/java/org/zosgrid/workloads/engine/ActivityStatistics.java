package org.zosgrid.workloads.engine;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.zosgrid.workloads.view.ProcessView;

/** Counts in the engine's history, inside the database: the engine's own queries would load every row. */
@ApplicationScoped
public class ActivityStatistics {
    /** The bodies of multi-instance elements, which the engine counts too, stand in no diagram. An activity's state is 2 when it was canceled. */
    private static final String SQL = """
            SELECT act_id_, min(act_type_) AS type,
                   count(*) FILTER (WHERE end_time_ IS NOT NULL AND act_inst_state_ <> 2) AS finished,
                   count(*) FILTER (WHERE end_time_ IS NULL) AS running,
                   count(*) FILTER (WHERE end_time_ IS NOT NULL AND act_inst_state_ = 2) AS canceled,
                   avg(duration_) FILTER (WHERE end_time_ IS NOT NULL AND act_inst_state_ <> 2) AS mean,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_) FILTER (WHERE end_time_ IS NOT NULL AND act_inst_state_ <> 2) AS p95,
                   (SELECT count(*) FROM act_ru_incident WHERE act_ru_incident.proc_def_id_ = ? AND act_ru_incident.activity_id_ = act_hi_actinst.act_id_) AS stuck
              FROM act_hi_actinst
             WHERE proc_def_id_ = ? AND start_time_ >= ? AND act_type_ <> 'multiInstanceBody'
             GROUP BY act_id_
             ORDER BY act_id_""";

    @Resource(lookup = "jdbc/zos")
    private DataSource database;

    public ActivityStatistics() {}

    ActivityStatistics(DataSource database) {
        this.database = database;
    }

    /** Of one definition, by the engine's id. */
    public List<ProcessView.Activity> of(String definition, Instant since) {
        try (Connection connection = database.getConnection(); PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setString(1, definition);
            query.setString(2, definition);
            query.setTimestamp(3, Timestamp.from(since));
            List<ProcessView.Activity> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new ProcessView.Activity(rows.getString("act_id_"), rows.getString("type"), rows.getLong("finished"), rows.getLong("running"), rows.getLong("canceled"),
                            rows.getLong("stuck"), millis(rows, "mean"), millis(rows, "p95")));
                }
            }
            return found;
        } catch (SQLException failed) {
            throw new IllegalStateException("the history of " + definition + " cannot be read", failed);
        }
    }

    private static Optional<Duration> millis(ResultSet rows, String column) throws SQLException {
        double value = rows.getDouble(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(value)));
    }
}
