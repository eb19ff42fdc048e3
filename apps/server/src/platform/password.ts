import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { defineErrors } from '../kernel/index.ts'

const derive = promisify(argon2)

/** Cost of one password hash. */
export interface PasswordCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** OWASP Password Storage Cheat Sheet (2025): argon2id with 19 MiB, two passes, one lane. */
export const owaspCost: PasswordCost = { memoryKiB: 19_456, passes: 2 }

/** At most this many hashes at once: each takes 19 MiB and a core, and a flood of logins must not starve everything else. */
const lanes = 2
const queueLimit = 64

const errors = defineErrors('password', {
  busy: {
    status: 503,
    en: 'Too many people are signing in at this moment. Please try again in a few seconds.',
    de: 'Gerade melden sich zu viele Personen an. Bitte in ein paar Sekunden noch einmal versuchen.',
  },
})

/** Hashes and checks passwords, in the PHC string format `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. */
export interface Passwords {
  readonly cost: PasswordCost
  readonly hash: (password: string) => Promise<string>
  /** Takes the same time whether or not the hash is well formed. */
  readonly verify: (password: string, hash: string) => Promise<boolean>
}

/** Opens the password hasher; tests inject a cheap cost. */
export function openPasswords(cost: PasswordCost = owaspCost): Passwords {
  const inTurn = boundedQueue()
  const raw = (password: string, nonce: Uint8Array, { memoryKiB, passes }: PasswordCost) =>
    inTurn(() =>
      derive('argon2id', {
        message: password.normalize('NFKC'),
        nonce,
        parallelism: 1,
        tagLength: 32,
        memory: memoryKiB,
        passes,
      }),
    )
  return {
    cost,
    async hash(password) {
      const salt = randomBytes(16)
      return encode(cost, salt, await raw(password, salt, cost))
    },
    async verify(password, hash) {
      const stored = decode(hash)
      const computed = await raw(password, stored?.salt ?? Buffer.alloc(16), stored?.cost ?? cost)
      return stored !== null && timingSafeEqual(computed, stored.tag)
    },
  }
}

function encode(cost: PasswordCost, salt: Uint8Array, tag: Uint8Array): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=1$${base64(salt)}$${base64(tag)}`
}

function decode(hash: string): { cost: PasswordCost; salt: Uint8Array; tag: Uint8Array } | null {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(hash)
  if (!match) return null
  const [, memory = '', passes = '', salt = '', tag = ''] = match
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function boundedQueue() {
  let running = 0
  const waiting: (() => void)[] = []
  return async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < lanes) running++
    else if (waiting.length < queueLimit) await new Promise<void>((resolve) => waiting.push(resolve))
    else throw errors.busy()
    try {
      return await work()
    } finally {
      // Whoever waits takes over this lane; only an unwanted lane is given back.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
