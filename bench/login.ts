import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import { openPasswords, owaspCost } from '../apps/server/src/platform/password.ts'
import { rate, rounded, time, type Row } from './table.ts'

const password = 'correct horse battery staple'
const eight = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 8 }, work))

/** Password checks by argon2id at the cost that OWASP recommends, alone and as whole sign-ins. */
export async function measure(): Promise<readonly Row[]> {
  const passwords = openPasswords()
  const hash = await passwords.hash(password)
  const check = () => passwords.verify(password, hash)
  const one = await time(check, 21)
  const single = await rate(check, 1, 2)
  const full = await rate(() => eight(check), 8, 3)
  const signIns = await signInRate()
  const cost = `argon2id, ${owaspCost.memoryKiB} KiB, ${owaspCost.passes} passes`
  return [
    { what: 'one password check', value: rounded(one), unit: 'ms', note: cost },
    { what: 'password checks, one after the other', value: rounded(single), unit: '/s', note: cost },
    {
      what: 'password checks, eight at once',
      value: rounded(full),
      unit: '/s',
      bar: 'at least 40 /s on two cores',
      note: 'two lanes, so that a flood of sign-ins starves nothing else',
    },
    {
      what: 'sign-ins over HTTP, eight at once',
      value: rounded(signIns),
      unit: '/s',
      bare: { what: 'password checks alone', value: rounded(full) },
      note: 'with attempts counted, the session made and the device marked; the caller runs in the same process',
    },
  ]
}

async function signInRate(): Promise<number> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-login-')))
  const config = readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' })
  // One address may not sign in this often.
  const server = await startServer(config, {
    limits: { caller: 1e9, token: 1e9, change: 1e9 },
    capacity: { answers: 1e9, bodies: 1e9, delayMs: 1e9 },
  })
  try {
    const email = 'anna@example.com'
    await server.accounts.create({ name: 'Anna', email, password })
    const signIn = async () => {
      const response = await fetch(`${server.local}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ email, password }),
      })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`a sign-in was answered with ${response.status}`)
    }
    return await rate(() => eight(signIn), 8, 3)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
