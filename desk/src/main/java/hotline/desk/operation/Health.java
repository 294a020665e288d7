package hotline.desk.operation;

import hotline.base.Loop;
import hotline.base.database.HealthStore;
import hotline.callback.ami.AmiDialler;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.journal.Journal;
import hotline.desk.http.Words;
import hotline.desk.operation.HealthPages.Part;
import hotline.desk.operation.HealthPages.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How each part of this node is. */
public final class Health {

    private static final Duration LOOKS_LATE = Duration.ofSeconds(5);
    private static final Duration STANDS_STILL = Duration.ofSeconds(30);
    private static final long GIGABYTE = 1L << 30;

    private Health() {}

    public static List<Supplier<Part>> of(
            HealthStore store, AmiDialler dialler, DispatchLoop dispatcher, Journal journal, Path home) {
        return List.of(
                () -> database(store),
                () -> asterisk(dialler),
                () -> dispatcher(dispatcher),
                () -> late(store),
                () -> journal(journal),
                () -> loops(Loop.started()),
                () -> disk(home));
    }

    private static Part database(HealthStore store) {
        var problem = store.problem();
        return problem.isPresent()
                ? new Part(
                        "Database",
                        State.WRONG,
                        "It cannot be reached: requests go to the journal. See log/hotline.log.")
                : new Part("Database", State.WELL, store.words());
    }

    private static Part asterisk(AmiDialler dialler) {
        return Part.of(
                "Asterisk",
                dialler.ready()
                        ? Optional.empty()
                        : Optional.of("Its manager interface does not answer: see log/asterisk.log."),
                "It answers, and can be told to ring.");
    }

    private static Part dispatcher(DispatchLoop dispatcher) {
        var since = dispatcher.sinceLook();
        if (since.isEmpty() || since.get().compareTo(STANDS_STILL) > 0) {
            return new Part("Dispatcher", State.WRONG, "It has not looked at the call-backs: see log/hotline.log.");
        }
        var words = "It last looked " + Words.ago(since.get()) + ".";
        return new Part("Dispatcher", since.get().compareTo(LOOKS_LATE) > 0 ? State.LOOK : State.WELL, words);
    }

    private static Part late(HealthStore store) {
        var overdue = store.overdue();
        if (overdue.isEmpty()) {
            return new Part("Promises", State.WELL, "Nothing that is due waits to be looked at.");
        }
        var words = "A call-back has waited " + Words.length(overdue.get()) + " to be looked at, over all nodes.";
        return new Part("Promises", overdue.get().compareTo(STANDS_STILL) > 0 ? State.WRONG : State.LOOK, words);
    }

    private static Part journal(Journal journal) {
        var waiting = journal.size();
        return waiting == 0
                ? new Part("Journal", State.WELL, "Empty: every request stands in the database.")
                : new Part(
                        "Journal",
                        State.LOOK,
                        waiting + (waiting == 1 ? " request waits" : " requests wait")
                                + " to be entered into the database.");
    }

    static Part loops(List<Loop> loops) {
        var failed = loops.stream()
                .filter(loop -> loop.state().failure().isPresent())
                .map(Loop::name)
                .sorted()
                .toList();
        return failed.isEmpty()
                ? new Part("Background work", State.WELL, loops.size() + " loops run, and none failed last time.")
                : new Part(
                        "Background work",
                        State.LOOK,
                        "Failed last time, and is tried again: " + String.join(", ", failed)
                                + ". See log/hotline.log.");
    }

    private static Part disk(Path home) {
        try {
            var disk = Files.getFileStore(home);
            var free = disk.getUsableSpace();
            var words = "%.1f of %.1f GB are free where everything is kept."
                    .formatted((double) free / GIGABYTE, (double) disk.getTotalSpace() / GIGABYTE);
            var state = free < GIGABYTE / 2 ? State.WRONG : free < 3 * GIGABYTE ? State.LOOK : State.WELL;
            return new Part("Disk", state, words + (state == State.WELL ? "" : " Make room soon."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
