/** An installation's certificate beside a strict authority, without the rest of the installation. */
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogFields } from '../../log.ts'
import { openAcme, prepareServed } from '../renewal.ts'
import type { Acme, AcmeOptions } from '../renewal.ts'
import { readState } from '../keep.ts'
import { servedFile } from '../setting.ts'
import type { AcmeSetting } from '../setting.ts'
import { startAuthority, startPort } from './authority.ts'
import type { TestAuthority } from './authority.ts'

/** All of it. */
export interface AcmeWorld {
  readonly authority: TestAuthority
  readonly setting: AcmeSetting
  readonly folder: string
  acme: Acme
  /** What the log says. */
  readonly said: { readonly event: string; readonly fields: LogFields }[]
  /** How often the listeners were told of another certificate. */
  renewals: number
  /** How far the clock is ahead, in milliseconds. */
  ahead: number
  readonly now: () => Date
  served(): X509Certificate
  text(): string
  state(): ReturnType<typeof readState>
  /** A new process on the same folder. */
  again(more?: Partial<AcmeOptions>): void
  stop(): Promise<void>
}

/** The name that is ordered. */
export const name = 'toms.example.com'

/** Starts both. @param own what the server of the authority shows of itself */
export async function startAcmeWorld(
  own: { readonly certificate: string; readonly key: string },
  more: Partial<AcmeOptions> = {},
): Promise<AcmeWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'art32-acme-'))
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const port = await startPort((path) => world.acme.challenge(path))
  const authority = await startAuthority({ own, portOf: () => port.port, now })
  const setting: AcmeSetting = {
    directory: authority.directory,
    name,
    contact: null,
    binding: null,
    authorityFile: null,
    folder: join(folder, 'tls'),
  }
  const say = (event: string, fields: LogFields = {}) => void world.said.push({ event, fields })
  const open = (other: Partial<AcmeOptions> = {}) =>
    openAcme({
      setting,
      ca: authority.ca,
      now,
      random: () => 0.5,
      log: { debug: say, info: say, warn: say, error: say },
      mayOrder: () => Promise.resolve(true),
      renewed: () => void (world.renewals += 1),
      times: { answer: 30_000, order: 60_000, pause: 5 },
      ...more,
      ...other,
    })
  const world: AcmeWorld = {
    authority,
    setting,
    folder,
    said: [],
    renewals: 0,
    get ahead() {
      return ahead
    },
    set ahead(next) {
      ahead = next
    },
    now,
    get acme() {
      return acme
    },
    set acme(next) {
      acme = next
    },
    served: () => new X509Certificate(readFileSync(servedFile(setting.folder))),
    text: () => readFileSync(servedFile(setting.folder), 'utf8'),
    state: () => readState(setting.folder),
    again: (other) => void (acme = open(other)),
    async stop() {
      await acme.stop()
      await authority.stop()
      port.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await prepareServed(setting, now())
  let acme = open()
  return world
}
