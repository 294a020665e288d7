package hotline.callback.dispatch;

import hotline.callback.Ledger.LedgerTransaction;
import hotline.callback.Ledger.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gives free staff to the call-backs that are called for. */
final class OfferAssigner {

    /** A phone that should ring but cannot be judged any more (our own crash) is given up after this. */
    private static final Duration RINGING = Duration.ofSeconds(60);

    /** Persons before consultations; of them what has not been kept, and what is due first: the broken stand on top. */
    private static final Comparator<Candidate> URGENCY = Comparator.<Candidate, Boolean>comparing(
                    candidate -> candidate.climbed().facts().ask().consultation())
            .thenComparing(candidate -> candidate.climbed().facts().keptAt().isPresent())
            .thenComparing(candidate -> candidate.climbed().facts().dueAt());

    private final String node;
    private final Supplier<UUID> ids;

    /**
     * @param node names this node's Asterisk: offers that it rings carry the name
     * @param ids names new offers
     */
    OfferAssigner(String node, Supplier<UUID> ids) {
        this.node = node;
        this.ids = ids;
    }

    /** Offers to whoever is called in and free, the most urgent call-back first. */
    List<Ring> ring(LedgerTransaction page, List<Candidate> looks, Staff staff) {
        var rings = new ArrayList<Ring>();
        if (!looks.isEmpty() && !staff.free().isEmpty()) {
            staff.keep(page.reserve(staff.free()));
        }
        if (!looks.isEmpty()) {
            staff.remember(page.asked(looks.stream()
                    .map(candidate -> candidate.climbed().facts().id())
                    .toList()));
        }
        for (var look : looks.stream().sorted(URGENCY).toList()) {
            var choices =
                    staff.choose(look.climbed(), look.oneMore(), look.before().now());
            var seeking = choices.seeking();
            for (var choice : choices.now()) {
                staff.take(choice.person().phone());
                var ring = ring(page, look, choice);
                ring.ifPresent(rings::add);
                seeking |= ring.isEmpty();
            }
            if (look.due() || !seeking || !look.climbed().equals(look.before().callback())) {
                var wake = Stream.concat(look.wake().stream(), choices.anyoneFrom().stream())
                        .min(Instant::compareTo);
                page.save(look.climbed(), wake, seeking);
            }
        }
        return rings;
    }

    /** Empty where another node rings this person or their phone at the same moment. */
    private Optional<Ring> ring(LedgerTransaction page, Candidate look, Staff.Choice choice) {
        var id = ids.get();
        var now = look.before().now();
        var callback = look.climbed().facts().id();
        var person = choice.person();
        var offer = new Offer(id, callback, person.id(), node, choice.calledInAs(), false, now, RINGING);
        if (!page.open(offer, Optional.of(person.phone()))) {
            return Optional.empty();
        }
        page.note(callback, now, "offered", person.id());
        return Optional.of(new Ring(id, person.phone()));
    }
}
