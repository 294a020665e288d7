package hotline.desk.api;

import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** The API of staff: who can be called, and who is on duty. */
final class StaffApi {

    private final StaffStore staff;
    private final PinHash pins;

    StaffApi(StaffStore staff, PinHash pins) {
        this.staff = staff;
        this.pins = pins;
    }

    void mount(Api api) {
        api.act(HttpMethod.PUT, "/api/v1/responders/:id", "responder_saved", "id", this::save, Scope.SUPERVISOR);
        api.route(HttpMethod.GET, "/api/v1/responders", _ -> list(), Scope.SUPERVISOR);
        api.act(
                HttpMethod.DELETE,
                "/api/v1/responders/:id/sign-in",
                "staff_code_removed",
                "id",
                this::endSignIn,
                Scope.SUPERVISOR);
    }

    private Reply save(RoutingContext request) {
        var body = Api.body(request, "name", "phone", "languages", "role", "on_duty", "staff_code", "pin");
        if (!(body.getValue("on_duty") instanceof Boolean onDuty)) {
            throw new Problem(422, "on_duty: write true or false");
        }
        var person = new Responder(
                Api.path(request, "id"),
                Api.text(body, "name"),
                Api.text(body, "phone"),
                languages(body),
                Api.word(Role.class, "role", Api.text(body, "role")),
                onDuty);
        staff.save(Api.who(request).name(), person, staffCode(body), pin(body).map(pin -> pins.of(person.id(), pin)));
        return Reply.nothing();
    }

    private static Optional<String> staffCode(JsonObject body) {
        var code =
                body.containsKey("staff_code") ? Optional.of(Api.text(body, "staff_code")) : Optional.<String>empty();
        if (code.isPresent() && !code.get().matches("\\d{4}")) {
            throw new Problem(422, "staff_code: write four digits");
        }
        return code;
    }

    private static Optional<String> pin(JsonObject body) {
        return body.containsKey("pin") ? Optional.of(Api.text(body, "pin")) : Optional.empty();
    }

    private static List<String> languages(JsonObject body) {
        if (body.getValue("languages") instanceof JsonArray languages
                && languages.stream().allMatch(String.class::isInstance)) {
            return languages.stream().map(String.class::cast).toList();
        }
        throw new Problem(422, "languages: write a list such as [\"en\", \"es\"]");
    }

    private Reply endSignIn(RoutingContext request) {
        if (!staff.endSignIn(Api.who(request).name(), Api.path(request, "id"))) {
            throw new Problem(404, "there is no such person: list them with GET /api/v1/responders");
        }
        return Reply.nothing();
    }

    private Reply list() {
        var people = new JsonArray();
        for (var person : staff.all()) {
            people.add(new JsonObject()
                    .put("id", person.id())
                    .put("name", person.name())
                    .put("phone", person.phone().replaceFirst("^\\d{6}", "***-***-"))
                    .put("languages", new JsonArray(List.copyOf(person.languages())))
                    .put("role", Api.word(person.role()))
                    .put("on_duty", person.onDuty()));
        }
        return Reply.ok(people.encode());
    }
}
