package hotline.e2e;

import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A page whose first line to the telephone system is half dead: what the page says arrives, the answers do not. */
final class Deafness {

    private Deafness() {}

    /**
     * @param heard how many messages the page still hears on it
     * @return how many lines the page has taken so far
     */
    static AtomicInteger ofTheFirstLine(Page page, int heard) {
        var lines = new AtomicInteger();
        page.routeWebSocket(Pattern.compile(".*"), line -> {
            var isFirst = lines.incrementAndGet() == 1;
            var answers = new AtomicInteger();
            line.connectToServer().onMessage(webSocketFrame -> {
                if (isFirst && answers.incrementAndGet() > heard) return;
                if (webSocketFrame.text() == null) line.send(webSocketFrame.binary());
                else line.send(webSocketFrame.text());
            });
        });
        return lines;
    }
}
