package hotline;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.ami.AmiDialler;
import hotline.callback.ami.Manager;
import hotline.callback.keep.Keeper;
import hotline.callback.keep.Legs;
import hotline.callback.staff.StaffStore;
import hotline.callback.store.CallbackStore;
import hotline.callback.store.Database;
import hotline.callback.store.EmbeddedDatabase;
import hotline.callback.store.KeeperStore;
import hotline.callback.store.Migrations;
import hotline.callback.store.Notifications;
import hotline.callback.store.OfferStore;
import hotline.callback.store.Vault;
import hotline.flow.Offer;
import hotline.flow.Referrals;
import hotline.flow.TipLine;
import hotline.flow.TraumaLine;
import hotline.prompts.Sounds;
import hotline.tips.TipStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the configuration, wires everything by hand, and starts it: read this to see the system. */
public final class Main {

    private static final int BAD_CONFIGURATION = 64;
    private static final String TIP_LINE = "8004948477";

    private Main() {}

    public static void main(String... arguments) {
        try {
            start(Config.read(System.getenv()));
        } catch (Config.Refused e) {
            System.out.println("hotline: " + e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (RuntimeException e) {
            System.out.println("hotline: could not start: " + e.getMessage());
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void start(Config config) {
        var secrets = new Secrets(config.home().resolve("secrets"));
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

        new Sounds(config.home().resolve("sounds"), Optional.of(config.recordings())).render(Main::say);

        var server = databaseServer(config, secrets);
        Migrations.run(server);
        var database = new Database(vertx, server);

        var vault = new Vault(
                secrets.keep("callback-seal.json", Vault::newSealKeys),
                secrets.keep("callback-mark.json", Vault::newMarkKeys));
        var staff = new StaffStore(database);
        var callbacks = new CallbackStore(database, vault, config.promise());
        var offers = new OfferStore(database, vault, config.ladder(), RetryPlan.STANDARD);
        var tips = new TipStore(database, HexFormat.of().parseHex(secrets.random("tip-pepper")));

        var keeping = new KeeperStore(database, config.ladder(), secrets.keep("node", () -> UUID.randomUUID().toString()));
        var manager = new Manager(
                config.ami().host(), config.ami().port(), "hotline", secrets.random("ami"));
        var dialler = new AmiDialler(manager, new Legs(keeping, offers), () -> staff.phonesOnDuty(Role.RESPONDER));
        var keeper = new Keeper(keeping, dialler);

        var flows = Map.of(
                "tip-line", new TipLine(tips, staff, new Referrals(config.referrals(), TIP_LINE)),
                "trauma-line", new TraumaLine(callbacks, staff, config.zone()),
                "offer", new Offer(offers));
        var agi = new AgiServer(vertx, AgiLimits.STANDARD, flows, config.home().resolve("tmp"), meters);

        agi.listen(config.agi().host(), config.agi().port()).await();
        new Notifications(
                        vertx,
                        server,
                        List.of("hotline_wake", "hotline_stop"),
                        heard -> {
                            if (heard.getChannel().equals("hotline_stop")) {
                                dialler.stop(UUID.fromString(heard.getPayload()));
                            }
                            keeper.wake();
                        },
                        keeper::wake)
                .start();
        dialler.start();
        keeper.start();
        say("hotline is up");
    }

    private static PgConnectOptions databaseServer(Config config, Secrets secrets) {
        return config.database()
                .map(PgConnectOptions::fromUri)
                .orElseGet(() -> EmbeddedDatabase.start(config.home().resolve("database"), secrets.random("database"))
                        .server());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
