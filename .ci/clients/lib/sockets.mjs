// The WebSockets of the packages ws and undici, with promises for what happens to them.

import { WebSocket as UndiciWebSocket } from "undici";
import { WebSocket as WsWebSocket } from "ws";

/** Something that happens now or later; what came first is taken first. */
class Inbox {
  #items = [];
  #takers = [];

  add(item) {
    const taker = this.#takers.shift();
    taker ? taker(item) : this.#items.push(item);
  }

  take() {
    return this.#items.length > 0 ? Promise.resolve(this.#items.shift()) : new Promise((resolve) => this.#takers.push(resolve));
  }
}

/** Connects with ws; a refused upgrade throws an error with the response's status and headers. */
export async function connectWs(url, { protocols = [], ...options } = {}) {
  const socket = new WsWebSocket(url, protocols, options);
  const inbox = new Inbox();
  const pongs = new Inbox();
  const pings = new Inbox();
  socket.on("message", (data, isBinary) => inbox.add(isBinary ? data : data.toString("utf8")));
  socket.on("pong", (data) => pongs.add(data.toString("utf8")));
  socket.on("ping", () => pings.add(Date.now()));
  const closed = new Promise((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString("utf8") }));
  });
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
    socket.on("unexpected-response", (request, response) => {
      response.resume();
      reject(Object.assign(new Error(`HTTP status ${response.statusCode}`),
        { status: response.statusCode, headers: response.headers }));
    });
  });
  return { socket, closed, message: () => inbox.take(), pong: () => pongs.take(), ping: () => pings.take() };
}

/** The status and the headers with which an upgrade is refused. */
export async function refusal(url, options) {
  try {
    const { socket } = await connectWs(url, options);
    socket.terminate();
  }
  catch (error) {
    if (error.status) {
      return error;
    }
    throw error;
  }
  throw new Error("The upgrade was not refused");
}

/** Connects with undici, whose WebSocket is a browser's. */
export async function connectUndici(url, options) {
  const socket = new UndiciWebSocket(url, options);
  socket.binaryType = "arraybuffer";
  const inbox = new Inbox();
  socket.onmessage = ({ data }) => inbox.add(typeof data === "string" ? data : Buffer.from(data));
  const closed = new Promise((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => resolve({ code, reason, wasClean });
  });
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = ({ error }) => reject(error ?? new Error("The connection failed"));
  });
  return { socket, closed, message: () => inbox.take() };
}
