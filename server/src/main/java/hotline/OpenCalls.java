package hotline;

import hotline.call.Flow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that a flow leads now, by Asterisk's ids of their channels. */
final class OpenCalls {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    Flow counted(Flow flow) {
        return call -> {
            ids.add(call.id());
            try {
                flow.run(call);
            } finally {
                ids.remove(call.id());
            }
        };
    }

    Set<String> ids() {
        return Set.copyOf(ids);
    }
}
