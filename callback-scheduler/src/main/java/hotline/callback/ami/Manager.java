package hotline.callback.ami;

/**
 * How to log in to Asterisk's manager interface.
 *
 * @param secret never logged: this record does not print it
 */
public record Manager(String host, int port, String user, String secret) {

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
