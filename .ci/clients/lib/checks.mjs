// Runs checks one after the other, one line each, and counts them.

import { appendFileSync } from "node:fs";

const WITHIN = 60_000;

export class Checks {
  #name;
  #passed = 0;
  #failed = 0;

  constructor(name) {
    this.#name = name;
  }

  /** Passes if the action ends in time without throwing; what it returns is shown behind the title. */
  check = async (title, action, within = WITHIN) => {
    const start = performance.now();
    try {
      const detail = await inTime(action(), within);
      this.#passed++;
      console.log(`ok    ${title} (${Math.round(performance.now() - start)} ms)${detail === undefined ? "" : `: ${detail}`}`);
    }
    catch (error) {
      this.#failed++;
      console.log(`FAIL  ${title}: ${error.stack ?? error}`);
    }
  };

  /** Prints the sum, adds it to the file that $RESULTS names, and ends the process. */
  finish() {
    const ran = this.#passed + this.#failed > 0;
    console.log(`${this.#name}: ${this.#passed} passed, ${this.#failed} failed`);
    if (process.env.RESULTS) {
      appendFileSync(process.env.RESULTS, `${this.#passed} ${this.#failed} 0 ${this.#name}\n`);
    }
    process.exit(ran && this.#failed === 0 ? 0 : 1);
  }
}

/** Runs the checks; whatever else goes wrong, such as an application that does not start, is a failed check. */
export async function run(name, body) {
  const checks = new Checks(name);
  try {
    await body(checks);
  }
  catch (error) {
    await checks.check("set-up", () => Promise.reject(error));
  }
  checks.finish();
}

export function inTime(promise, within, what = "this") {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${within} ms`)), within);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
