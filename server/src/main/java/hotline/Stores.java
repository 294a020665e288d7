package hotline;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.DatabaseClock;
import hotline.base.database.HealthStore;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.base.keys.KeyTransfer;
import hotline.base.keys.SharedKeys;
import hotline.base.keys.TokenAead;
import hotline.base.keys.Vault;
import hotline.callback.RetryPlan;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.Talks;
import hotline.callback.ledger.PostgresLedger;
import hotline.callback.request.Requests;
import hotline.callback.retention.KeyEpochStore;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.AreaCodeStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.InterpreterStore;
import hotline.callback.staff.RingPlanStore;
import hotline.callback.staff.RingPlans;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import hotline.callback.staffline.StaffLineStore;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.SessionStore;
import hotline.desk.api.TokenStore;
import hotline.tips.GuessStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipStore;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;

/** What is kept, and who may change it: made once, for the flows, the dispatcher and the desk. */
final class Stores {

    final Database database;
    final HealthStore health;
    final DatabaseClock clock;
    final Supplier<LocalDate> today;
    final SharedKeys sharedKeys;
    final KeyTransfer keyTransfer;
    final KeyRatchet chain;
    final Vault vault;
    final EpochVault numbers;
    final KeyEpochStore epochs;
    final StaffStore staff;
    final ShiftStore shifts;
    final DutyStore duty;
    final AlertStore alerts;
    final PostgresLedger ledger;
    final Requests callbacks;
    final RingPlanStore ringPlans;
    final AreaCodeStore areaCodes;
    final InterpreterStore interpreters;
    final RingPlans plans;
    final Offers offers;
    final Talks talks;
    final GuessStore guesses;
    final TipStore tips;
    final SpokenTipStore spokenTips;
    final TokenStore tokens;
    final Passwords passwords;
    final AccountStore accounts;
    final SessionStore sessions;
    final AuditStore audit;
    final String node;
    final PinHash pins;
    final StaffLineStore staffLine;

    /**
     * Gets the keys that all nodes need, from the others where they have them.
     */
    Stores(Config config, Secrets secrets, Database database) {
        this.database = database;
        health = new HealthStore(database);
        clock = new DatabaseClock(InstantSource.system(), System::nanoTime);
        clock.read(health::now);
        today = () -> LocalDate.ofInstant(clock.instant(), config.zone());
        var token = new TokenAead(config.apiToken());
        sharedKeys = new SharedKeys(database, token);
        keyTransfer = new KeyTransfer(database, token);
        chain = keyTransfer.agree(secrets.find("callback-chain"), text -> secrets.replace("callback-chain", text));
        vault = new Vault(secrets.agree("callback-seal.json", sharedKeys, Vault::newKeys));
        numbers = new EpochVault(chain);
        epochs = new KeyEpochStore(database, numbers, chain);
        epochs.turn(KeyEpochStore.EPOCH);
        staff = new StaffStore(database);
        shifts = new ShiftStore(database, staff, config.zone());
        duty = new DutyStore(database, staff, config.zone());
        alerts = new AlertStore(database, config.zone());
        ledger = new PostgresLedger(database, numbers);
        callbacks = new Requests(ledger, config.promise());
        node = secrets.keep("node", () -> UUID.randomUUID().toString());
        ringPlans = new RingPlanStore(database, ledger);
        areaCodes = new AreaCodeStore(database);
        interpreters = new InterpreterStore(database);
        plans = new RingPlans(ringPlans, config.ringPlan(), node);
        offers = new Offers(ledger, plans::ladder, RetryPlan.STANDARD);
        talks = new Talks(ledger, RetryPlan.STANDARD);
        guesses = new GuessStore(database, config.tipBudget());
        tips = new TipStore(
                database,
                Peppers.parse(secrets.agree("tip-pepper", sharedKeys, Secrets::made)),
                config.tipStatuses(),
                guesses,
                today);
        spokenTips = new SpokenTipStore(
                database,
                new Vault(secrets.agree("tip-seal.json", sharedKeys, Vault::newKeys)),
                tips,
                config.spokenTipDays(),
                today);
        tokens = new TokenStore(database);
        passwords = new Passwords();
        accounts = new AccountStore(database, vault, passwords);
        sessions = new SessionStore(database);
        audit = new AuditStore(database);
        pins = new PinHash(HexFormat.of().parseHex(secrets.agree("pin-pepper", sharedKeys, Secrets::made)));
        staffLine = new StaffLineStore(database, ledger, plans::ladder, node, pins);
    }
}
