package hotline.desk.http;

/** One of the values that a form or a filter offers. */
public record Choice(String value, String label, boolean chosen) {}
