package hotline.desk.api;

import hotline.callback.staff.DutyStore;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.Shifts;
import hotline.callback.staff.Shifts.Extra;
import hotline.callback.staff.Shifts.Weekly;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import hotline.desk.rota.RotaTable;
import hotline.desk.rota.ShiftWords;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The API of shifts: a person's, and the weekly rota of many as a table. */
public final class ShiftApi {

    private final ShiftStore shifts;
    private final DutyStore duty;

    public ShiftApi(ShiftStore shifts, DutyStore duty) {
        this.shifts = shifts;
        this.duty = duty;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/responders/:id/shifts", this::show, Scope.SUPERVISOR);
        api.act(HttpMethod.PUT, "/api/v1/responders/:id/shifts", "shifts_saved", "id", this::save, Scope.SUPERVISOR);
        api.act(HttpMethod.PUT, "/api/v1/shifts", "rota_saved", "", this::saveRota, Scope.SUPERVISOR);
    }

    private Reply show(RoutingContext request) {
        var id = Api.path(request, "id");
        return Reply.ok(json(shifts.shifts(id).orElseThrow(ShiftApi::nobody)).encode());
    }

    private Reply save(RoutingContext request) {
        var body = Api.body(request, "weekly", "exceptions");
        var weekly = new ArrayList<Weekly>();
        for (var json : items(body, "weekly", Set.of("day", "from", "to"))) {
            weekly.add(new Weekly(
                    ShiftWords.day("weekly: day", json.getValue("day")),
                    ShiftWords.time("weekly: from", json.getValue("from")),
                    ShiftWords.time("weekly: to", json.getValue("to"))));
        }
        var off = new HashSet<LocalDate>();
        var extra = new ArrayList<Extra>();
        for (var json : items(body, "exceptions", Set.of("date", "off", "from", "to"))) {
            var date = ShiftWords.date("exceptions: date", json.getValue("date"));
            if (!json.containsKey("off")) {
                extra.add(new Extra(
                        date,
                        ShiftWords.time("exceptions: from", json.getValue("from")),
                        ShiftWords.time("exceptions: to", json.getValue("to"))));
            } else if (Boolean.TRUE.equals(json.getValue("off")) && json.size() == 2) {
                off.add(date);
            } else {
                throw new Problem(422, "exceptions: write \"off\": true alone, or from and to for extra hours");
            }
        }
        if (!shifts.save(
                Api.who(request).name(), Api.path(request, "id"), new Shifts(weekly, off, extra), duty.now())) {
            throw nobody();
        }
        return Reply.nothing();
    }

    private static List<JsonObject> items(JsonObject body, String field, Set<String> known) {
        if (!(body.getValue(field, new JsonArray()) instanceof JsonArray array)) {
            throw new Problem(422, field + ": write a list, such as []");
        }
        var items = new ArrayList<JsonObject>();
        for (var value : array) {
            if (!(value instanceof JsonObject item) || !known.containsAll(item.fieldNames())) {
                throw new Problem(
                        422,
                        field + ": write objects with "
                                + String.join(", ", known.stream().sorted().toList()));
            }
            items.add(item);
        }
        return items;
    }

    private Reply saveRota(RoutingContext request) {
        var type = request.request().getHeader("Content-Type");
        if (type == null || !type.startsWith("text/csv")) {
            throw new Problem(415, "send the rota with Content-Type: text/csv");
        }
        var rota = RotaTable.read(Api.table(request));
        rota.refuse(shifts.saveWeekly(Api.who(request).name(), rota.weekly(), duty.now()));
        return Reply.nothing();
    }

    private static JsonObject json(Shifts shifts) {
        var weekly = new JsonArray();
        shifts.weekly()
                .forEach(one -> weekly.add(new JsonObject()
                        .put("day", ShiftWords.word(one.day()))
                        .put("from", one.from().toString())
                        .put("to", one.to().toString())));
        var exceptions = new JsonArray();
        shifts.off().stream()
                .sorted()
                .forEach(day -> exceptions.add(
                        new JsonObject().put("date", day.toString()).put("off", true)));
        shifts.extra()
                .forEach(extra -> exceptions.add(new JsonObject()
                        .put("date", extra.date().toString())
                        .put("from", extra.from().toString())
                        .put("to", extra.to().toString())));
        return new JsonObject().put("weekly", weekly).put("exceptions", exceptions);
    }

    private static Problem nobody() {
        return new Problem(404, "nobody has this id: add them first with PUT /api/v1/responders/{id}");
    }
}
