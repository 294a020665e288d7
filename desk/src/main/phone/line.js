// The way to the telephone system: a WebSocket of this page's own server, which knows who is signed in. The first thing
// that it says is this phone's name and password.

/** A socket as JsSIP wants one. */
export class Line {
  via_transport = 'WS';
  sip_uri = 'sip:hotline.invalid;transport=ws';
  #socket;
  #known = false;
  #ended = false;

  /**
   * @param url where the server is
   * @param told what to do with this phone's name and password, which may be others after a while
   */
  constructor(url, told) {
    this.url = url;
    this.told = told;
  }

  /** JsSIP connects, and connects again after each loss; a line that the server has ended for good stays so. */
  connect() {
    if (this.#ended) return;
    if (this.#known) {
      queueMicrotask(() => this.onconnect());
      return;
    }
    const socket = new WebSocket(this.url, 'sip');
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.#known) {
        this.ondata(data);
      } else {
        this.#known = true;
        this.told(JSON.parse(data));
        this.onconnect();
      }
    };
    socket.onclose = ({ code, reason }) => {
      this.#known = false;
      this.ondisconnect(true, code, reason);
    };
  }

  disconnect() {
    this.#known = false;
    this.#socket.onclose = null;
    this.#socket.close();
  }

  send(message) {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(message);
    return true;
  }

  end() {
    this.#ended = true;
  }
}
