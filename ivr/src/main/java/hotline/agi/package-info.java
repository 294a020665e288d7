/** The FastAGI wire: how Asterisk's calls reach us, and how a call's verbs become its commands. */
@NullMarked
package hotline.agi;

import org.jspecify.annotations.NullMarked;
