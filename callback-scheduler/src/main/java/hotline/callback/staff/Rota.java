package hotline.callback.staff;

import hotline.base.Loop;
import hotline.callback.staff.AlertStore.Checked;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches duty at the boundaries of shifts, and looks an hour ahead for times at which nobody is on duty. It sleeps
 * until the next boundary, and never longer than a second; what came while the database was gone is made up for. Supervisors
 * are called about a gap that nobody has seen.
 */
public final class Rota implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rota.class);
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final DutyStore duty;
    private final AlertStore alerts;
    private final ZoneId zone;
    private final Pager pager;
    private final Loop loop = new Loop("rota", LONGEST_SLEEP, this::lookAndRest);
    private volatile int gaps;

    /** One whose alerts are shown and logged, and ring nobody. */
    public Rota(DutyStore duty, AlertStore alerts, ZoneId zone, MeterRegistry meters) {
        this(duty, alerts, zone, meters, new Nobody());
    }

    public Rota(DutyStore duty, AlertStore alerts, ZoneId zone, MeterRegistry meters, Pager pager) {
        this.duty = duty;
        this.alerts = alerts;
        this.zone = zone;
        this.pager = pager;
        Gauge.builder("hotline.rota.gap", this, rota -> rota.gaps)
                .description("Times from now to an hour ahead at which nobody is on duty to call back: 0 is well")
                .strongReference(true)
                .register(meters);
    }

    private static final class Nobody implements Pager {

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void page(long alert, String phone) {}
    }

    public void start() {
        loop.start();
    }

    private Duration lookAndRest() {
        var rest = look();
        return rest.compareTo(LONGEST_SLEEP) < 0 ? rest : LONGEST_SLEEP;
    }

    /** One look: switches whose boundary has come, checks the hour ahead; how long to sleep. */
    public Duration look() {
        var now = duty.now();
        var switched = duty.switchDue(now);
        if (switched > 0) {
            LOG.info("the duty of {} changed by their shifts", switched == 1 ? "one person" : switched + " people");
        }
        tell(alerts.check(now));
        if (gaps > 0 && pager.ready()) {
            alerts.page(now).forEach(page -> pager.page(page.alert(), page.phone()));
        }
        return duty.untilNext().orElse(LONGEST_SLEEP);
    }

    private void tell(Checked checked) {
        gaps = checked.open();
        for (var gap : checked.raised()) {
            LOG.warn(
                    "nobody is on duty to call back from {} {}: put somebody on duty, or change the shifts",
                    WALL.format(gap.from().atZone(zone)),
                    gap.to().map(time -> "to " + WALL.format(time.atZone(zone))).orElse("on, and nobody is to come"));
        }
        if (checked.ended() > 0 && checked.open() == 0) {
            LOG.info("somebody is on duty to call back, now and for the next hour");
        }
    }

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        loop.close();
    }
}
