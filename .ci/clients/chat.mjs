// The packaged sample's chat as people use it: several pages, and a restart of the server in between.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";

import { freePorts } from "./lib/application.mjs";
import { startBrowser } from "./lib/browser.mjs";
import { run } from "./lib/checks.mjs";
import { root, startSample } from "./lib/sample.mjs";

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const PICTURES = `${root}target/screenshots/`;

/** What a browser writes to the console when nobody answers: expected while the server restarts, and only then. */
const NOBODY_ANSWERS = /ERR_CONNECTION_(REFUSED|RESET)|ERR_SOCKET_NOT_CONNECTED|Connection closed before receiving a handshake/;

/** Somebody with a browser of their own on the chat page. */
class Person {
  restarting = false;
  problems = [];

  constructor(name, page, hasMenu) {
    this.name = name;
    this.page = page;
    this.hasMenu = hasMenu;
    page.on("pageerror", (error) => this.problems.push(`${name}: ${error.stack}`));
    page.on("console", (message) => {
      const text = message.text();
      if (["error", "warning"].includes(message.type()) && !(this.restarting && NOBODY_ANSWERS.test(text))) {
        this.problems.push(`${name}: ${text}`);
      }
    });
  }

  static async arrive(browser, name, url, options) {
    const context = await browser.newContext({ ...options, colorScheme: name === "bob" ? "dark" : "light" });
    const person = new Person(name, await context.newPage(), options === PHONE);
    await person.page.goto(url);
    await person.page.locator("#users").getByRole("button", { name, exact: true }).click();
    await person.sees("#status-text", /^Connected$/);
    return person;
  }

  leave() {
    return this.page.context().close();
  }

  async say(text) {
    await this.page.fill("#text", text);
    if (this.hasMenu) {
      await this.page.getByRole("button", { name: "Send" }).click();
    }
    else {
      await this.page.press("#text", "Enter");
    }
  }

  /** Waits until the element has this text. */
  sees(selector, text) {
    return this.page.locator(selector).filter({ hasText: text }).first().waitFor();
  }

  /** Waits until the room shows a line with this text. */
  hears(text) {
    return this.page.locator(".log:visible .bubble").getByText(text, { exact: true }).first().waitFor();
  }

  notices(text) {
    return this.page.locator(".log:visible .notice").getByText(text, { exact: true }).first().waitFor();
  }

  /** The texts of the room's lines. */
  lines() {
    return this.page.locator(".log:visible .bubble").allTextContents();
  }

  async people() {
    return this.page.locator("#people .name").allTextContents();
  }

  async goTo(room) {
    await this.#withMenu(async () => {
      await this.page.fill("#room-name", room);
      await this.page.getByRole("button", { name: "Join the room" }).click();
    });
    await this.sees("#room-title", `# ${room}`);
    await this.sees("#status-text", /^Connected$/);
  }

  async goBackTo(room) {
    await this.#withMenu(() => this.page.locator(".room-link").filter({ hasText: room }).click());
    await this.sees("#room-title", `# ${room}`);
  }

  async #withMenu(action) {
    if (this.hasMenu) {
      await this.page.getByRole("button", { name: "Rooms and people" }).click();
    }
    await action();
  }

  picture(name) {
    return this.page.screenshot({ path: `${PICTURES}${name}.png`, animations: "disabled" });
  }
}

function times(lines, text) {
  return lines.filter((line) => line === text).length;
}

await run("chat", async ({ check }) => {
  mkdirSync(PICTURES, { recursive: true });
  const ports = await freePorts(2);
  const url = `http://127.0.0.1:${ports[0]}/`;
  let sample = await startSample(ports);
  const browser = await startBrowser();
  let alice;
  let bob;

  await check("the sign-in page", async () => {
    const page = await browser.newPage(PHONE);
    await page.goto(url);
    await page.getByRole("button", { name: "alice", exact: true }).waitFor();
    await page.screenshot({ path: `${PICTURES}sign-in-phone.png` });
    await page.close();
  });
  await check("a wrong token is explained with 4401", async () => {
    const page = await browser.newPage(DESKTOP);
    await page.goto(url);
    await page.getByText("Use another token").click();
    await page.fill("#token", "wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    const problem = page.locator("#sign-in-problem");
    await problem.filter({ hasText: "4401" }).waitFor();
    await page.screenshot({ path: `${PICTURES}sign-in-refused.png` });
    const text = await problem.textContent();
    await page.close();
    return text;
  });
  await check("alice and bob sign in, and see each other", async () => {
    alice = await Person.arrive(browser, "alice", url, DESKTOP);
    await alice.sees("#summary", "Only you here");
    bob = await Person.arrive(browser, "bob", url, PHONE);
    await alice.notices("bob joined");
    await alice.sees("#summary", "2 people here");
    await bob.sees("#summary", "2 people here");
    assert.deepEqual(await alice.people(), ["alice (you)", "bob"]);
  });
  await check("they chat both ways", async () => {
    await alice.say("Good morning, bob");
    await bob.hears("Good morning, bob");
    await bob.say("Good morning, alice");
    await alice.hears("Good morning, alice");
    await bob.say("<b>not bold</b> & <img src=x onerror=alert(1)>");
    await alice.hears("<b>not bold</b> & <img src=x onerror=alert(1)>");
    await alice.say("A line that is long enough to need more than one row on a phone, and maybe even on a desktop 🙂");
    await bob.hears("A line that is long enough to need more than one row on a phone, and maybe even on a desktop 🙂");
    const expected = await alice.lines();
    assert.equal(expected.length, 4);
    assert.deepEqual(await bob.lines(), expected);
  });
  await check("the round trip is shown", async () => {
    await alice.sees("#round-trip", /\d+ ms/);
    return alice.page.locator("#round-trip").textContent();
  });
  await check("a newcomer sees what was said, is seen, and leaves", async () => {
    const carol = await Person.arrive(browser, "carol", url, DESKTOP);
    await carol.hears("Good morning, alice");
    assert.deepEqual(await carol.lines(), await alice.lines());
    await alice.sees("#summary", "3 people here");
    await alice.notices("carol joined");
    assert.deepEqual(await alice.people(), ["alice (you)", "bob", "carol"]);
    await carol.leave();
    await alice.notices("carol left");
    await bob.sees("#summary", "2 people here");
    assert.deepEqual(carol.problems, []);
  });
  await check("a second tab of the same user is nobody new", async () => {
    const again = await Person.arrive(browser, "bob", url, DESKTOP);
    await again.sees("#summary", "2 people here");
    await again.leave();
    await alice.say("Only one bob");
    await bob.hears("Only one bob");
    assert.deepEqual(await alice.people(), ["alice (you)", "bob"]);
  });
  await check("pictures of the room", async () => {
    await alice.picture("room-desktop");
    await bob.picture("room-phone");
    await bob.page.getByRole("button", { name: "Rooms and people" }).click();
    await bob.page.locator("#side.shown").waitFor();
    await bob.picture("menu-phone");
    await bob.page.getByRole("button", { name: "Close menu" }).click();
  });
  await check("another room is another conversation", async () => {
    await alice.goTo("garden");
    await alice.sees("#summary", "Only you here");
    await alice.say("Is anybody in the garden?");
    await alice.hears("Is anybody in the garden?");
    await bob.say("alice?");
    await bob.hears("alice?");
    await alice.page.locator(".room-link").filter({ hasText: "lobby" }).locator(".badge").getByText("1").waitFor();
    await alice.picture("unread-desktop");
    await bob.goTo("garden");
    await bob.hears("Is anybody in the garden?");
    assert.deepEqual(await bob.lines(), ["Is anybody in the garden?"]);
    await alice.notices("bob joined");
    await alice.goBackTo("lobby");
    await bob.goBackTo("lobby");
    await alice.hears("alice?");
    assert.equal(times(await alice.lines(), "Is anybody in the garden?"), 0);
  });

  await check("SIGTERM ends the server, and the pages say so", async () => {
    alice.restarting = bob.restarting = true;
    const { code, millis } = await sample.stop();
    assert.ok([0, 143].includes(code), `exit code ${code}`);
    for (const person of [alice, bob]) {
      await person.sees("#trouble-text", "1012");
      await person.page.locator("#status.waiting, #status.connecting").waitFor();
    }
    return `exit code ${code} after ${millis} ms; "${await alice.page.locator("#trouble-text").textContent()}"`;
  });
  await check("what is said meanwhile is kept", async () => {
    await alice.say("Said by alice while nobody answered");
    await alice.say("And one more");
    await bob.say("Said by bob while nobody answered");
    await alice.sees("#trouble-text", "2 messages are kept");
    await bob.sees("#trouble-text", "One message is kept");
    await alice.picture("reconnecting-desktop");
    await bob.picture("reconnecting-phone");
  });
  await check("the server is back, and so are the pages, with each line once", async () => {
    sample = await startSample(ports);
    for (const person of [alice, bob]) {
      await person.sees("#status-text", /^Connected$/);
      await person.sees("#summary", "2 people here");
      await person.page.locator("#trouble").waitFor({ state: "hidden" });
      person.restarting = false;
    }
    await bob.hears("And one more");
    await alice.hears("Said by bob while nobody answered");
    await alice.say("Back again");
    await bob.hears("Back again");
    await bob.say("So am I");
    await alice.hears("So am I");
    for (const person of [alice, bob]) {
      const lines = await person.lines();
      for (const text of ["Said by alice while nobody answered", "And one more", "Said by bob while nobody answered", "Back again",
        "So am I", "Good morning, bob"]) {
        assert.equal(times(lines, text), 1, `${person.name} sees "${text}" not once: ${lines}`);
      }
      assert.equal(await person.page.locator(".waits").count(), 0);
    }
  });
  await check("a newcomer sees each of those lines once", async () => {
    const carol = await Person.arrive(browser, "carol", url, DESKTOP);
    await carol.hears("So am I");
    const lines = await carol.lines();
    assert.equal(new Set(lines).size, lines.length);
    assert.equal(lines.length, 5);
    await carol.leave();
  });
  await check("pictures after the restart", async () => {
    await alice.picture("restarted-desktop");
    await bob.picture("restarted-phone");
  });
  await check("signing out leaves the room", async () => {
    await bob.page.getByRole("button", { name: "Rooms and people" }).click();
    await bob.page.getByRole("button", { name: "Sign out" }).click();
    await alice.notices("bob left");
    await alice.sees("#summary", "Only you here");
  });
  await check("nothing on the consoles but refused connections during the restart", async () => {
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });
  await browser.close();
  await check("SIGTERM ends the server again", async () => {
    const { code, millis } = await sample.stop();
    assert.ok([0, 143].includes(code), `exit code ${code}`);
    assert.doesNotMatch(sample.output, / (WARN|ERROR) |^\tat /m);
    return `exit code ${code} after ${millis} ms`;
  });
});
