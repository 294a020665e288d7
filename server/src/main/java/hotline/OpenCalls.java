package hotline;

import hotline.call.Call;
import hotline.call.Flow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that a flow leads now. */
final class OpenCalls {

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    /**
     * @param menus callers who are spoken with, or for whom phones ring
     * @param talks callers who talk with a person
     */
    record Open(long menus, long talks) {}

    Flow counted(Flow flow) {
        return call -> {
            calls.add(call);
            try {
                flow.run(call);
            } finally {
                calls.remove(call);
            }
        };
    }

    Open now() {
        var all = Set.copyOf(calls);
        var talks = all.stream().filter(Call::isTalk).count();
        return new Open(all.size() - talks, talks);
    }
}
