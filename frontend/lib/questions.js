import { inTime, PeerhostError } from './errors.js';

/** @typedef {{ whom: unknown, resolve: (answer?: any) => void, reject: (error: PeerhostError) => void }} Question */

/** What was asked and is not answered yet, by number. */
export class Questions {
  #most;
  #last = 0;
  /** @type {Map<number, Question>} */
  #open = new Map();

  /** @param {number} most that may wait; one more is refused with QUEUE_FULL */
  constructor(most) {
    this.#most = most;
  }

  /**
   * @param {(id: number) => unknown} say asks; when it fails, so does the question
   * @param {string} what is asked, for the sentences of errors
   * @param {number} within milliseconds
   * @param {unknown} [whom]
   * @param {AbortSignal} [signal] gives it up
   * @returns {Promise<any>} the answer
   * @throws {PeerhostError} QUEUE_FULL, TIMEOUT, ABORTED; what it is refused with
   */
  async ask(say, what, within, whom, signal) {
    if (this.#open.size >= this.#most) {
      throw new PeerhostError('QUEUE_FULL', `${what}: ${this.#most} wait already: await the answers`);
    }
    const id = ++this.#last;
    const answer = () =>
      new Promise((resolve, reject) => {
        this.#open.set(id, { whom, resolve, reject });
        Promise.resolve(say(id)).catch(reject);
      });
    return inTime(answer, what, within, signal).finally(() => this.#open.delete(id));
  }

  /**
   * @param {number} id
   * @param {unknown} [whom] who answers it
   * @returns {Question | undefined} none that waits, or that somebody else was asked
   */
  get(id, whom) {
    const question = this.#open.get(id);
    return question?.whom === whom ? question : undefined;
  }

  /**
   * @param {string} why nobody will answer what waits
   * @param {unknown} [whom] was asked
   */
  refuse(why, whom) {
    for (const question of this.#open.values()) {
      if (question.whom === whom) {
        question.reject(new PeerhostError('PEER_CLOSED', why));
      }
    }
  }
}
