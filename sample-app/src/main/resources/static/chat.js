// The chat page. From top to bottom: one connection, one room, then the page around them.
// Whatever another user typed reaches the page by textContent only.

const PING_EVERY = 5_000;
const PONG_WITHIN = 8_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 10_000;
const STABLE_AFTER = 5_000;
const REJOIN_WITHIN = 15_000;
const GROUP_WITHIN = 5 * 60_000;
const MAX_LINES_SHOWN = 500;
const MAX_LINES_WAITING = 100;
const ROOM_NAME = /^[\p{L}\p{N}-]{1,32}$/u;

const CLOSE_CODES = {
  1000: "The server closed the connection.",
  1001: "The server is going away.",
  1002: "The connection broke the protocol.",
  1003: "The server does not take this kind of data.",
  1006: "The connection was lost.",
  1007: "The server could not read a message.",
  1008: "The server refused a message.",
  1009: "A message was too big for the server.",
  1011: "Something went wrong on the server.",
  1012: "The server is restarting.",
  1013: "The server is busy.",
  4401: "Please sign in again.",
};

/** After these it is of no use to come back. */
const FINAL_CODES = new Set([4401]);

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const calendar = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const $ = (id) => document.getElementById(id);

/** Creates an element; texts among the children stay texts. */
function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function dressAvatar(node, name) {
  let hue = 7;
  for (const character of name) {
    hue = (hue * 31 + character.codePointAt(0)) % 360;
  }
  node.style.setProperty("--hue", hue);
  node.textContent = [...name][0] ?? "";
  return node;
}

function avatar(name) {
  const node = dressAvatar(element("span", { className: "avatar" }), name);
  node.setAttribute("aria-hidden", "true");
  return node;
}

/**
 * A WebSocket that comes back: measures the round trip, notices a dead line, and reconnects after a random delay.
 * Its state is "connecting", "open", "waiting" (for the next attempt) or "stopped".
 */
class Connection {
  #url;
  #token;
  #events;
  #socket = null;
  #attempts = 0;
  #pingSentAt = null;
  #timers = {};

  state = "stopped";
  roundTrip = null;
  closeCode = null;
  retryAt = null;

  constructor(url, events) {
    this.#url = url;
    this.#events = events;
  }

  start(token) {
    this.#token = token;
    this.#attempts = 0;
    this.closeCode = null;
    this.#connect();
  }

  stop() {
    this.#drop(1000);
    this.closeCode = null;
    this.#enter("stopped");
  }

  /** Tries at once what was to be tried later. */
  hurry() {
    if (this.state === "waiting") {
      this.#connect();
    }
    else if (this.state === "open") {
      this.#ping();
    }
  }

  send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #connect() {
    this.#drop();
    const socket = new WebSocket(this.#url, ["bearer", this.#token]);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(event.code);
    this.#socket = socket;
    this.#enter("connecting");
    this.#after("connect", LONGEST_DELAY, () => this.#lost());
  }

  #opened() {
    clearTimeout(this.#timers.connect);
    this.closeCode = null;
    this.#after("stable", STABLE_AFTER, () => (this.#attempts = 0));
    this.#enter("open");
    this.#ping();
  }

  #received(message) {
    if (message.type === "pong") {
      this.#pong();
    }
    else {
      this.#events.onmessage(message);
    }
  }

  #ping() {
    if (this.#pingSentAt === null) {
      this.#pingSentAt = performance.now();
      this.send({ type: "ping" });
      this.#after("pong", PONG_WITHIN, () => this.#lost());
    }
  }

  #pong() {
    clearTimeout(this.#timers.pong);
    if (this.#pingSentAt !== null) {
      this.roundTrip = performance.now() - this.#pingSentAt;
      this.#pingSentAt = null;
      this.#events.onroundtrip();
    }
    this.#after("ping", PING_EVERY, () => this.#ping());
  }

  /** Does not wait for a closing handshake that a dead line would never finish. */
  #lost() {
    this.#drop();
    this.#closed(1006);
  }

  #closed(code) {
    this.#drop();
    // A server that restarts says 1012 once, then nobody answers: the first is what the user wants to know
    this.closeCode = code === 1006 ? this.closeCode ?? code : code;
    if (FINAL_CODES.has(code)) {
      this.#enter("stopped");
      return;
    }
    // Exponential backoff with full jitter, so that not everybody comes back at the same moment
    const delay = Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempts);
    this.#attempts++;
    this.retryAt = Date.now() + delay;
    this.#after("retry", delay, () => this.#connect());
    this.#enter("waiting");
  }

  #drop(code) {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#pingSentAt = null;
    this.roundTrip = null;
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket.close(code);
      this.#socket = null;
    }
  }

  #enter(state) {
    this.state = state;
    this.#events.onstate(state);
  }

  #after(timer, delay, action) {
    clearTimeout(this.#timers[timer]);
    this.#timers[timer] = setTimeout(action, delay);
  }
}

/** The lines of a room as the page shows them, oldest first; those that still wait are at the end. */
class Log {
  #items = element("ol");
  #empty = element("li", { className: "empty" }, element("strong", {}, "Nothing said yet"), "Be the first.");
  #known = new Map();
  #atEnd = true;
  #position = 0;

  node = element("div", { className: "log", tabIndex: 0, hidden: true });

  constructor(room, onend) {
    this.node.setAttribute("role", "log");
    this.node.setAttribute("aria-label", `Messages in ${room}`);
    this.node.append(this.#items);
    this.#items.append(this.#empty);
    this.node.addEventListener("scroll", () => {
      this.#position = this.node.scrollTop;
      this.#atEnd = this.node.scrollHeight - this.node.clientHeight - this.#position < 48;
      onend();
    }, { passive: true });
    const observer = new ResizeObserver(() => this.#atEnd && this.toEnd());
    observer.observe(this.node);
    observer.observe(this.#items);
  }

  get atEnd() {
    return this.#atEnd;
  }

  show(shown) {
    // A hidden element forgets how far it was scrolled, and says so with a scroll event
    const { atEnd, position } = { atEnd: this.#atEnd, position: this.#position };
    this.node.hidden = !shown;
    if (shown) {
      this.node.scrollTop = atEnd ? this.node.scrollHeight : position;
      this.#atEnd = atEnd;
    }
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.#atEnd = true;
  }

  /** Fills in what was said before; screen readers need not read all of it. */
  quietly(change) {
    this.node.setAttribute("aria-busy", "true");
    change();
    requestAnimationFrame(() => this.node.removeAttribute("aria-busy"));
  }

  /** Shows a line that waits to be sent. */
  addWaiting(line) {
    const item = this.#item(line, true);
    item.classList.add("waits");
    this.#known.set(line.line, item);
    this.#insert(item, null);
    this.toEnd();
  }

  /** Shows a line that was said, and says whether it is new; each line is shown once. */
  addSaid(line, mine) {
    const known = this.#known.get(line.line);
    if (known && !known.classList.contains("waits")) {
      return false;
    }
    const item = known ?? this.#item(line, mine);
    item.classList.remove("waits", "late");
    item.querySelector(".state").textContent = "";
    this.#stamp(item, line.at);
    this.#known.set(line.line, item);
    this.#addDay(item);
    this.#insert(item, this.#firstWaiting());
    return true;
  }

  refuse(id, reason) {
    const item = this.#known.get(id);
    if (item) {
      item.classList.remove("waits");
      item.classList.add("refused");
      item.querySelector(".state").textContent = `Not sent: ${reason}.`;
    }
  }

  markWaiting(id, text) {
    this.#known.get(id).querySelector(".state").textContent = text;
  }

  addNotice(text) {
    this.#insert(element("li", { className: "notice" }, text), this.#firstWaiting());
  }

  #item(line, mine) {
    const item = element("li", { className: mine ? "line mine" : "line" },
      avatar(line.from),
      element("p", { className: "by" }, element("strong", {}, mine ? "You" : line.from), element("time")),
      element("p", { className: "bubble" }, line.text),
      element("p", { className: "state" }));
    item.dataset.from = line.from;
    this.#stamp(item, line.at);
    return item;
  }

  #stamp(item, at) {
    const time = item.querySelector("time");
    time.dateTime = at;
    time.textContent = clock.format(new Date(at));
  }

  #firstWaiting() {
    return this.#items.querySelector(".waits");
  }

  #insert(item, before) {
    this.#empty.remove();
    const follow = this.#atEnd;
    if (item === before) {
      before = item.nextSibling;
    }
    else {
      this.#items.insertBefore(item, before);
    }
    this.#group(item);
    if (before) {
      this.#group(before);
    }
    this.#forgetOldest();
    if (follow) {
      this.toEnd();
    }
  }

  /** The first line of a group shows who says it and when. */
  #group(item) {
    const previous = item.previousElementSibling;
    const continues = previous?.dataset.from !== undefined && previous.dataset.from === item.dataset.from
      && Log.#at(item) - Log.#at(previous) < GROUP_WITHIN;
    item.classList.toggle("first", !continues);
  }

  #addDay(item) {
    const at = new Date(Log.#at(item));
    const previous = [...this.#items.querySelectorAll(".line:not(.waits)")].filter((line) => line !== item).at(-1);
    const before = previous ? new Date(Log.#at(previous)) : new Date();
    if (at.toDateString() !== before.toDateString()) {
      const today = at.toDateString() === new Date().toDateString();
      this.#insert(element("li", { className: "day" }, today ? "Today" : calendar.format(at)), this.#firstWaiting());
    }
  }

  #forgetOldest() {
    while (this.#items.childElementCount > MAX_LINES_SHOWN) {
      this.#items.firstElementChild.remove();
    }
    if (this.#known.size > 2 * MAX_LINES_SHOWN) {
      this.#known.forEach((item, id) => item.isConnected || this.#known.delete(id));
    }
  }

  static #at(item) {
    return Date.parse(item.querySelector("time").dateTime);
  }
}

/** A room that the user is in: who else is there, what was said, and what still has to be sent. */
class Room {
  #outbox = new Map();
  #ready = false;
  #missing = new Set();
  #rejoinTimer;

  present = new Set();
  unread = 0;
  draft = "";

  constructor(name) {
    this.name = name;
    this.log = new Log(name, () => page.renderToEnd());
    this.item = page.roomItem(this);
    const url = new URL(`rooms/${encodeURIComponent(name)}`, page.server);
    this.connection = new Connection(url, {
      onmessage: (message) => this.#received(message),
      onroundtrip: () => page.renderRoundTrip(this),
      onstate: (state) => this.#stateChanged(state),
    });
  }

  get waiting() {
    return this.#outbox.size;
  }

  get ready() {
    return this.#ready;
  }

  /** Sends a line now or as soon as the connection is back, and says whether there was room for it. */
  say(text) {
    if (this.#outbox.size >= MAX_LINES_WAITING) {
      return false;
    }
    const line = { line: newId(), from: page.me, text, at: new Date().toISOString() };
    this.#outbox.set(line.line, line);
    this.log.addWaiting(line);
    this.#send(line);
    return true;
  }

  close() {
    clearTimeout(this.#rejoinTimer);
    this.connection.stop();
    this.log.node.remove();
  }

  #send(line) {
    if (this.#ready) {
      this.connection.send({ type: "say", line: line.line, text: line.text });
    }
    else {
      this.log.markWaiting(line.line, "Waiting for the connection");
    }
  }

  #stateChanged(state) {
    if (state !== "open") {
      this.#ready = false;
      this.#outbox.forEach((line) => this.log.markWaiting(line.line, "Waiting for the connection"));
    }
    page.renderStatus(this);
    if (state === "stopped" && this.connection.closeCode === 4401) {
      page.askToSignIn(`${CLOSE_CODES[4401]} The server did not accept the token (4401).`);
    }
  }

  #received(message) {
    switch (message.type) {
      case "welcome":
        this.#welcomed(message);
        break;
      case "said":
        this.#said(message);
        break;
      case "joined":
        this.#joined(message.name);
        break;
      case "left":
        this.#left(message.name);
        break;
      case "refused":
        this.#outbox.delete(message.line);
        this.log.refuse(message.line, message.reason);
        break;
      case "error":
        page.announce(`The server reports an error: ${message.detail ?? message.title ?? "no details"}`);
        console.warn("The server reports an error", message);
        break;
    }
    page.render(this);
  }

  #welcomed({ you, present, lines }) {
    page.rename(you);
    this.#expectBack([...this.present].filter((name) => !present.includes(name)));
    this.present = new Set(present);
    this.log.quietly(() => lines.forEach((line) => this.#show(line)));
    this.#ready = true;
    this.#outbox.forEach((line) => {
      this.log.markWaiting(line.line, "");
      this.#send(line);
    });
  }

  /** After a restart of the server all the others come back too: that is no news, unless somebody does not. */
  #expectBack(names) {
    this.#missing = new Set(names);
    clearTimeout(this.#rejoinTimer);
    this.#rejoinTimer = setTimeout(() => {
      this.#missing.forEach((name) => this.log.addNotice(`${name} left`));
      this.#missing.clear();
    }, REJOIN_WITHIN);
  }

  #said(line) {
    const isNew = this.#show(line);
    if (isNew && line.from !== page.me && !page.isReading(this)) {
      this.unread++;
    }
  }

  #show(line) {
    this.#outbox.delete(line.line);
    return this.log.addSaid(line, line.from === page.me);
  }

  #joined(name) {
    if (!this.present.has(name)) {
      this.present.add(name);
      if (!this.#missing.delete(name)) {
        this.log.addNotice(`${name} joined`);
      }
    }
  }

  #left(name) {
    if (this.present.delete(name)) {
      this.log.addNotice(`${name} left`);
    }
  }
}

/** crypto.randomUUID() is there on https and localhost only; the sample may be opened from a phone in the same network. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What is remembered: for the tab who the user is, for the browser which rooms they were in. */
const memory = {
  get user() {
    return JSON.parse(sessionStorage.getItem("user"));
  },
  set user(user) {
    sessionStorage.setItem("user", JSON.stringify(user));
  },
  get rooms() {
    return JSON.parse(localStorage.getItem("rooms")) ?? ["lobby"];
  },
  set rooms(names) {
    localStorage.setItem("rooms", JSON.stringify(names));
  },
};

/** The page around the rooms. */
const page = {
  server: null,
  maxLength: 2000,
  me: "",
  rooms: new Map(),
  current: null,

  async start() {
    const config = await fetchConfig();
    this.server = new URL(location.protocol === "https:" ? "wss://host/" : "ws://host/");
    this.server.hostname = location.hostname;
    this.server.port = config.port;
    this.maxLength = config.maxLength;
    this.listUsers(config.tokens);
    this.listen();
    const user = memory.user;
    if (user) {
      this.signIn(user.name, user.token);
    }
    else {
      this.askToSignIn("");
    }
  },

  listUsers(tokens) {
    for (const [name, token] of Object.entries(tokens)) {
      const button = element("button", { type: "button" }, avatar(name), name);
      button.addEventListener("click", () => this.signIn(name, token));
      $("users").append(element("li", {}, button));
    }
  },

  listen() {
    $("token-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.signIn("", $("token").value);
      $("token").value = "";
    });
    $("room-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.joinByName($("room-name").value);
    });
    $("room-name").addEventListener("input", () => ($("room-problem").textContent = ""));
    $("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    $("text").addEventListener("input", () => this.renderComposer());
    $("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.say();
      }
    });
    $("sign-out").addEventListener("click", () => this.signOut());
    $("retry").addEventListener("click", () => this.current.connection.hurry());
    $("to-end").addEventListener("click", () => {
      this.current.log.toEnd();
      this.focusText();
    });
    $("open-menu").addEventListener("click", () => this.showMenu(true));
    $("close-menu").addEventListener("click", () => this.showMenu(false));
    $("shade").addEventListener("click", () => this.showMenu(false));
    addEventListener("keydown", (event) => event.key === "Escape" && this.showMenu(false));
    addEventListener("hashchange", () => this.open(roomInAddress()));
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    addEventListener("focus", () => this.current && this.render(this.current));
    isPhone.addEventListener("change", () => this.showMenu(false));
    setInterval(() => this.current && this.renderTrouble(), 500);
  },

  // Who

  signIn(name, token) {
    memory.user = { name, token };
    if (name !== this.me || name === "") {
      this.leaveAll();
    }
    this.rename(name);
    $("sign-in").hidden = true;
    $("chat").hidden = false;
    this.showMenu(false);
    if (this.rooms.size > 0) {
      this.rooms.forEach((room) => room.connection.start(token));
      this.render(this.current);
    }
    else {
      memory.rooms.forEach((room) => this.join(room));
      this.open(roomInAddress() ?? memory.rooms[0]);
    }
    this.focusText();
  },

  signOut() {
    this.leaveAll();
    this.me = "";
    this.askToSignIn("");
    $("users").querySelector("button").focus();
  },

  /** Keeps the rooms, with what still has to be sent, in case that the same user comes back. */
  askToSignIn(problem) {
    sessionStorage.removeItem("user");
    this.rooms.forEach((room) => room.connection.state === "stopped" || room.connection.stop());
    $("chat").hidden = true;
    $("sign-in").hidden = false;
    $("sign-in-problem").textContent = problem;
    document.title = "Rooms";
  },

  rename(name) {
    this.me = name;
    $("me").textContent = name || "…";
    dressAvatar($("me-avatar"), name || "…");
  },

  // Where

  joinByName(text) {
    const name = text.trim().toLowerCase().replace(/\s+/g, "-");
    if (!ROOM_NAME.test(name)) {
      $("room-problem").textContent = "Up to 32 letters, digits and hyphens, please.";
      $("room-name").focus();
      return;
    }
    $("room-name").value = "";
    location.hash = encodeURIComponent(name);
    this.open(name);
  },

  join(name) {
    if (!this.rooms.has(name)) {
      const room = new Room(name);
      this.rooms.set(name, room);
      $("logs").append(room.log.node);
      this.renderRooms();
      room.connection.start(memory.user.token);
      memory.rooms = [...this.rooms.keys()];
    }
    return this.rooms.get(name);
  },

  open(name) {
    if (!memory.user || !name || name === this.current?.name) {
      return;
    }
    const room = this.join(name);
    if (this.current) {
      this.current.draft = $("text").value;
      this.current.log.show(false);
    }
    this.current = room;
    if (roomInAddress() !== name) {
      history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    }
    $("text").value = room.draft;
    room.log.show(true);
    this.showMenu(false);
    this.renderRooms();
    this.render(room);
    this.renderComposer();
    this.focusText();
  },

  /** Not on a phone, where it would bring up the keyboard. */
  focusText() {
    if (matchMedia("(pointer: fine)").matches) {
      $("text").focus();
    }
  },

  leave(room) {
    this.rooms.delete(room.name);
    room.close();
    memory.rooms = [...this.rooms.keys()];
    if (room === this.current) {
      this.current = null;
      $("text").value = "";
      this.open(this.rooms.keys().next().value);
    }
    this.renderRooms();
    $("rooms").querySelector("[aria-current=page]")?.focus();
  },

  leaveAll() {
    this.rooms.forEach((room) => room.close());
    this.rooms.clear();
    this.current = null;
    $("text").value = "";
  },

  // What

  say() {
    const text = $("text").value.trim();
    if (text === "" || text.length > this.maxLength) {
      return;
    }
    if (this.current.say(text)) {
      $("text").value = "";
      this.renderComposer();
      this.renderTrouble();
    }
    else {
      this.announce("Too many messages wait to be sent.");
    }
  },

  isReading(room) {
    return room === this.current && document.hasFocus() && room.log.atEnd;
  },

  hurry() {
    this.rooms.forEach((room) => room.connection.hurry());
  },

  // How it looks

  render(room) {
    if (room === this.current) {
      if (this.isReading(room)) {
        room.unread = 0;
      }
      $("room-title").textContent = `# ${room.name}`;
      const present = room.present.size;
      $("summary").textContent = present === 0 ? "" : present === 1 ? "Only you here" : `${present} people here`;
      this.renderPeople(room);
      this.renderToEnd();
      $("text").placeholder = `Message #${room.name}`;
    }
    this.renderStatus(room);
    this.renderUnread();
  },

  renderPeople(room) {
    const names = [...room.present].sort((a, b) => (b === this.me) - (a === this.me) || a.localeCompare(b));
    $("people").replaceChildren(...names.map((name) => element("li", {}, avatar(name),
      element("span", { className: "name" }, name === this.me ? `${name} (you)` : name))));
  },

  renderRooms() {
    const rooms = [...this.rooms.values()];
    rooms.forEach((room) => this.renderRoom(room));
    $("rooms").replaceChildren(...rooms.map((room) => room.item));
    this.renderUnread();
  },

  /** Changes the room's entry in place: a new one would lose the focus, or a click that has just begun. */
  renderRoom(room) {
    const { item, unread, connection: { state } } = room;
    const link = item.querySelector(".room-link");
    link.setAttribute("aria-current", room === this.current ? "page" : "false");
    link.classList.toggle("unread", unread > 0);
    link.querySelector(".badge").textContent = short(unread);
    link.querySelector(".badge").hidden = unread === 0;
    link.querySelector(".unread-word").textContent = unread > 0 ? "unread" : "";
    link.querySelector(".light").className = `light ${state}`;
    link.querySelector(".light").hidden = unread > 0 || state === "open";
    item.querySelector(".leave").hidden = this.rooms.size === 1;
  },

  roomItem(room) {
    const link = element("button", { type: "button", className: "room-link" },
      element("span", { className: "sign" }, "#"),
      element("span", { className: "name" }, room.name),
      element("span", { className: "badge", hidden: true }),
      element("span", { className: "sr-only unread-word" }),
      element("span", { className: "light", hidden: true, title: "Not connected" }));
    link.addEventListener("click", () => this.open(room.name));
    const leave = element("button", { type: "button", className: "icon-button leave", title: "Leave" }, icon("close"));
    leave.setAttribute("aria-label", `Leave ${room.name}`);
    leave.addEventListener("click", () => this.leave(room));
    return element("li", {}, link, leave);
  },

  renderUnread() {
    const elsewhere = [...this.rooms.values()].filter((room) => room !== this.current)
      .reduce((sum, room) => sum + room.unread, 0);
    const unread = elsewhere + (this.current?.unread ?? 0);
    $("unread-elsewhere").hidden = elsewhere === 0;
    $("unread-elsewhere").textContent = short(elsewhere);
    document.title = `${unread > 0 ? `(${short(unread)}) ` : ""}#${this.current?.name ?? ""} · Rooms`;
  },

  renderStatus(room) {
    this.renderRoom(room);
    if (room === this.current) {
      const { state } = room.connection;
      const words = { connecting: "Connecting", open: "Connected", waiting: "Reconnecting", stopped: "Not connected" }[state];
      $("status").className = `status ${state}`;
      $("status-text").textContent = words;
      $("people").classList.toggle("stale", !room.ready);
      this.announce(`${words} to ${room.name}`);
      this.renderRoundTrip(room);
      this.renderTrouble();
    }
  },

  renderRoundTrip(room) {
    if (room === this.current) {
      const { roundTrip } = room.connection;
      $("round-trip").textContent = roundTrip === null ? "" : roundTrip < 1 ? "< 1 ms" : `${Math.round(roundTrip)} ms`;
    }
  },

  renderTrouble() {
    const { state, closeCode, retryAt } = this.current.connection;
    const trouble = closeCode !== null && !this.current.ready;
    $("trouble").hidden = !trouble;
    if (trouble) {
      const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
      const next = navigator.onLine === false ? "You are offline."
        : state === "waiting" && seconds > 0 ? `Trying again in ${seconds} s.` : "Trying again now.";
      const waiting = this.current.waiting;
      const kept = waiting === 0 ? "" : waiting === 1 ? " One message is kept." : ` ${waiting} messages are kept.`;
      $("trouble-text").textContent = `${closeWords(closeCode)} ${next}${kept}`;
      $("retry").disabled = state !== "waiting";
    }
  },

  renderComposer() {
    const text = $("text");
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
    const left = this.maxLength - text.value.trim().length;
    $("left").hidden = left > 200;
    $("left").textContent = left < 0 ? `${-left} too many` : `${left} left`;
    $("left").classList.toggle("over", left < 0);
    $("composer").querySelector(".send").disabled = text.value.trim() === "" || left < 0;
  },

  renderToEnd() {
    const room = this.current;
    if (room) {
      $("to-end").hidden = room.log.atEnd;
      $("to-end").querySelector("span").textContent = room.unread > 0 ? `${short(room.unread)} new` : "Latest";
      if (room.unread > 0 && this.isReading(room)) {
        room.unread = 0;
        this.renderRoom(room);
        this.renderUnread();
      }
    }
  },

  showMenu(shown) {
    const phone = isPhone.matches;
    const wasShown = $("side").classList.contains("shown");
    $("side").classList.toggle("shown", shown && phone);
    $("side").inert = phone && !shown;
    $("room").inert = phone && shown;
    $("shade").hidden = !(phone && shown);
    $("open-menu").setAttribute("aria-expanded", String(shown && phone));
    if (phone && shown) {
      $("close-menu").focus();
    }
    else if (phone && wasShown) {
      $("open-menu").focus();
    }
  },

  announce(text) {
    if ($("announcer").textContent !== text) {
      $("announcer").textContent = text;
    }
  },
};

const isPhone = matchMedia("(max-width: 47.5rem)");

function short(count) {
  return count > 99 ? "99+" : String(count);
}

function closeWords(code) {
  return `${CLOSE_CODES[code] ?? "The connection was closed."} (${code})`.replace(/\. \((\d+)\)$/, " ($1).");
}

function roomInAddress() {
  try {
    const name = decodeURIComponent(location.hash.slice(1));
    return ROOM_NAME.test(name) ? name : null;
  }
  catch {
    return null;
  }
}

/** The server may be restarting while the page is loaded. */
async function fetchConfig() {
  for (;;) {
    try {
      const response = await fetch("config.json", { cache: "no-store" });
      if (response.ok) {
        return await response.json();
      }
    }
    catch {
      // Not there: try again
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

page.start();
