package hotline.callback.simulation;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger;
import hotline.callback.Round;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Bugs that can be planted: the simulation must find each of them. */
enum Plant {
    NONE,
    /** Whoever settles is believed, also when the lease has lapsed and somebody else holds the call-back. */
    LEASE_WITHOUT_FENCING,
    /** Steps are counted from the last look, so that a late look puts off those that follow. */
    STEP_STORED_AS_RELATIVE_TIME,
    /** Two nodes may look at one row at the same moment. */
    CLAIM_WITHOUT_SKIP_LOCKED;

    /** The ledger with this bug in it. */
    Ledger in(MemoryLedger ledger) {
        return switch (this) {
            case NONE -> ledger;
            case CLAIM_WITHOUT_SKIP_LOCKED -> {
                ledger.holdNothing();
                yield ledger;
            }
            case LEASE_WITHOUT_FENCING, STEP_STORED_AS_RELATIVE_TIME -> planted(ledger);
        };
    }

    private Ledger planted(MemoryLedger ledger) {
        InvocationHandler handler = (_, method, arguments) -> {
            if (method.getName().equals("transaction")) {
                @SuppressWarnings("unchecked") // the one method of that name takes this and nothing else
                var work = (Function<Ledger.LedgerTransaction, Object>) arguments[0];
                return ledger.transaction(page -> work.apply(planted(ledger, page)));
            }
            return call(ledger, method, arguments);
        };
        return proxy(Ledger.class, handler);
    }

    private Ledger.LedgerTransaction planted(MemoryLedger ledger, Ledger.LedgerTransaction page) {
        InvocationHandler handler = (_, method, arguments) -> {
            var result = call(page, method, arguments);
            if (this == LEASE_WITHOUT_FENCING
                    && method.getName().equals("lockFor")
                    && result instanceof Optional<?> held) {
                return held.map(value -> unfenced((Ledger.Locked) value, (UUID) arguments[0]));
            } else if (this == STEP_STORED_AS_RELATIVE_TIME
                    && method.getName().equals("due")
                    && result instanceof List<?> due) {
                return due.stream()
                        .map(value -> putOff(ledger, (Ledger.Locked) value))
                        .toList();
            }
            return result;
        };
        return proxy(Ledger.LedgerTransaction.class, handler);
    }

    private static Ledger.Locked unfenced(Ledger.Locked held, UUID offer) {
        Callback callback = switch (held.callback()) {
            case Claimed claimed -> new Claimed(claimed.facts(), claimed.round(), claimed.needsDecision(), offer);
            case Dialling dialling ->
                new Dialling(dialling.facts(), dialling.round(), dialling.needsDecision(), offer, dialling.dialledAt());
            case Callback one -> one;
        };
        return new Ledger.Locked(callback, held.now());
    }

    private static Ledger.Locked putOff(MemoryLedger ledger, Ledger.Locked held) {
        if (!(held.callback() instanceof Untaken untaken)) {
            return held;
        }
        var late = ledger.wakeAt(untaken.facts().id())
                .map(wake -> Duration.between(wake, held.now()))
                .orElse(Duration.ZERO);
        var round = untaken.round();
        return new Ledger.Locked(
                untaken.with(new Round(
                        round.begun().plus(late),
                        round.from(),
                        round.firedUntil(),
                        round.together(),
                        round.respondersSince(),
                        round.supervisorsSince(),
                        round.managersSince(),
                        round.seenAt())),
                held.now());
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Plant.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
