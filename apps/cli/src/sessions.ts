import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { errorCode, Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'

/** Session cookies by the origin of their server. */
type Sessions = Readonly<Record<string, string>>

/**
 * The sessions of this user, in `$XDG_CONFIG_HOME/art32/sessions.json`, readable by nobody else. A cookie is a key to the
 * server until it ends; nothing else is kept, neither address nor password.
 */
export class SessionFile {
  readonly path: string

  constructor({ environment }: Pick<Terminal, 'environment'>) {
    const home = environment['HOME'] ?? homedir()
    this.path = join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'art32', 'sessions.json')
  }

  /** Where this user is signed in. */
  async origins(): Promise<string[]> {
    return Object.keys(await this.#read())
  }

  async find(origin: string): Promise<string | undefined> {
    return (await this.#read())[origin]
  }

  async keep(origin: string, cookie: string): Promise<void> {
    await this.#write({ ...(await this.#read()), [origin]: cookie })
  }

  async forget(origin: string): Promise<void> {
    const { [origin]: _, ...rest } = await this.#read()
    await this.#write(rest)
  }

  async #read(): Promise<Sessions> {
    try {
      const value: unknown = JSON.parse(await readFile(this.path, 'utf8'))
      if (
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((cookie) => typeof cookie === 'string')
      )
        return value as Sessions
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return {}
      if (!(error instanceof SyntaxError))
        throw new Refusal(`${this.path} cannot be read. Check its permissions.`, 2, { cause: error })
    }
    throw new Refusal(`${this.path} is not a file of sessions. Delete it and sign in again.`)
  }

  /** Written beside and moved, so that a crash leaves the old file. */
  async #write(sessions: Sessions): Promise<void> {
    const beside = `${this.path}.${process.pid}`
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
    await writeFile(beside, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600 })
    await rename(beside, this.path)
  }
}
