package hotline.call;

/** What happens on a call, from the first word to the last, in the order it happens. */
@FunctionalInterface
public interface Flow {
    void run(Call call);
}
