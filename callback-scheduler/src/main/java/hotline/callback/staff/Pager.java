package hotline.callback.staff;

/** Calls people about alerts. None of its methods waits for the network. */
public interface Pager {

    /** Whether anybody could be called now. */
    boolean ready();

    /** @param phone ten digits, or {@code browser} */
    void page(long alert, String phone);
}
