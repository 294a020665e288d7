package hotline.callback.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The last of what happened to each call-back, and to the system. */
final class Story {

    private static final int KEPT = 60;

    private final Map<UUID, List<String>> callbacks = new HashMap<>();
    private final Deque<String> system = new ArrayDeque<>();

    void add(UUID callback, String line) {
        callbacks.computeIfAbsent(callback, _ -> new ArrayList<>()).add(line);
    }

    void add(String line) {
        system.add(line);
        if (system.size() > KEPT) {
            system.remove();
        }
    }

    void forget(UUID callback) {
        callbacks.remove(callback);
    }

    String of(UUID callback) {
        return String.join("\n  ", callbacks.getOrDefault(callback, List.of())) + "\n  and to the system:\n  "
                + String.join("\n  ", system);
    }
}
