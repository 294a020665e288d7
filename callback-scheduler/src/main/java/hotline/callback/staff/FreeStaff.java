package hotline.callback.staff;

import hotline.callback.Role;
import hotline.callback.StaffService;
import hotline.callback.staff.StaffStore.Free;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whom to ring for a caller who is on the line now. Their calls with such callers stand in no row, and those of the tip line
 * must not: what Asterisk shows of them is kept in memory alone.
 */
public final class FreeStaff implements StaffService {

    private final StaffStore store;
    private final Function<String, Optional<Duration>> sinceCall;
    private final Map<Role, List<String>> lastKnown = new ConcurrentHashMap<>();

    /** @param sinceCall how long ago a phone rang or talked last for a caller on the line; zero while it does */
    public FreeStaff(StaffStore store, Function<String, Optional<Duration>> sinceCall) {
        this.store = store;
        this.sinceCall = sinceCall;
    }

    @Override
    public List<String> phonesOnDuty(Role role, String language) {
        return store.free(role, language).stream()
                .map(free -> new Free(free.phone(), free.sharesLanguage(), shorter(free)))
                .sorted(Comparator.<Free, Boolean>comparing(free -> free.since().isZero())
                        .thenComparing(free -> !free.sharesLanguage())
                        .thenComparing(Free::since, Comparator.reverseOrder()))
                .map(Free::phone)
                .toList();
    }

    private Duration shorter(Free free) {
        return sinceCall
                .apply(free.phone())
                .filter(since -> since.compareTo(free.since()) < 0)
                .orElse(free.since());
    }

    /** Learns who is on duty, for when the database is gone; those who call people back are returned. */
    public List<String> learn() {
        var onDuty = store.phonesOnDuty();
        lastKnown.putAll(onDuty);
        return onDuty.getOrDefault(Role.RESPONDER, List.of());
    }

    @Override
    public List<String> lastKnown(Role role) {
        return lastKnown.getOrDefault(role, List.of());
    }
}
