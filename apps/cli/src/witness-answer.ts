import {
  answerSubmission,
  formatCosignatures,
  type LedgerCrypto,
  readSubmission,
  type VerifierKey,
  type WitnessAnswer,
} from '@art32/ledger'
import type { WitnessState } from './witness-state.ts'

/** What is sent, and the line that is kept of it. */
export interface Answered {
  readonly status: number
  readonly type?: string
  readonly text: string
  readonly line: string
}

/** Answers `add-checkpoint`: one request at a time from reading the head to having kept the new one. */
export class Witness {
  readonly #state: WitnessState
  readonly #keys: readonly VerifierKey[]
  readonly #crypto: LedgerCrypto
  readonly #now: () => Date
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: { state: WitnessState; keys: readonly VerifierKey[]; crypto: LedgerCrypto; now: () => Date }) {
    this.#state = options.state
    this.#keys = options.keys
    this.#crypto = options.crypto
    this.#now = options.now
  }

  /** @throws whatever the disk says; then nothing was cosigned */
  async answer(body: Uint8Array): Promise<Answered> {
    const read = readSubmission(this.#crypto, body, (origin) => this.#keys.filter(({ name }) => name === origin))
    if (!('opened' in read)) return refused(read, '')
    // Two at once would both continue the same head, and the one that ends last would roll the witness back.
    const turn = this.#last.then(async () => {
      const { origin, size, root } = read.opened
      const decided = answerSubmission(this.#crypto, read, this.#state.headOf(origin))
      if (decided.status === 409 && decided.isFork) await this.#state.keepConflict(origin, read.checkpoint)
      if (decided.status !== 200) return refused(decided, origin, size)
      await this.#state.keep(origin, { size, root, checkpoint: read.checkpoint })
      const posixTime = Math.floor(this.#now().getTime() / 1000)
      const text = formatCosignatures(this.#crypto, read, [this.#state.signer], posixTime)
      return { status: 200, text, line: `${origin} size ${size} cosigned` }
    })
    this.#last = turn.catch(() => undefined)
    return await turn
  }
}

function refused(answer: Exclude<WitnessAnswer, { status: 200 }>, origin: string, size?: number): Answered {
  const about = origin === '' ? '' : `${origin} size ${size} `
  if (answer.status !== 409)
    return { status: answer.status, text: `${answer.reason}\n`, line: `${about}refused: ${answer.reason}` }
  const what = answer.isFork ? 'FORK, both checkpoints are kept' : 'refused'
  return {
    status: 409,
    type: 'text/x.tlog.size',
    text: `${answer.size}\n`,
    line: `${about}${what}: ${answer.reason} Known is ${answer.size}.`,
  }
}
