import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PublishedPages } from '../../apps/server/src/platform/index.ts'

const program = fileURLToPath(new URL('../../apps/cli/bin/art32.mjs', import.meta.url))

/** The folders that a server and a portal have in common. */
export interface Folders {
  readonly published: string
  readonly intake: string
  /** The settings of the server for them. */
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

/** Makes them. */
export async function makeFolders(): Promise<Folders> {
  const folder = await mkdtemp(join(tmpdir(), 'art32-portal-'))
  const [published, intake] = [join(folder, 'published'), join(folder, 'intake')]
  return {
    published,
    intake,
    environment: { ART32_PUBLISHED: published, ART32_INTAKE: intake },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A portal in a process of its own, with an environment of its own. */
export interface Portal {
  readonly url: string
  readonly pid: number
  /** Asks with a host of one's choice. */
  ask(path: string, options?: Asked): Promise<Reply>
  /** Ends it at once. */
  kill(): Promise<void>
}

/** How something is asked for. */
export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

/** What was answered, as it came over the line. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly text: string
}

/** Starts it, and waits until it answers. @throws with what it said where it does not start */
export async function startPortal(folders: Folders, environment: Record<string, string> = {}): Promise<Portal> {
  const child = spawn(process.execPath, [program, 'serve', '--role', 'portal'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { ...folders.environment, PATH: '/usr/bin:/bin', ART32_PORT: '0', ART32_LOG: 'error', ...environment },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      const [, found] = /portal {5}(\S+)\//.exec(part.toString()) ?? []
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(said)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    ask: (path, options) => askAt(url, path, options),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Few connections, so that nobody is sent away for asking for everything. */
const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Asks a server as a connection does, byte for byte. */
export function askAt(url: string, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Reply> {
  const { port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path, method, headers, agent })
    asking.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const bytes = Buffer.concat(parts)
        const { statusCode: status = 0, headers: given } = response
        resolve({ status, headers: given, bytes, text: bytes.toString('utf8') })
      })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

/** What is published, as its one file names it. */
export async function readPublished(folder: string): Promise<{
  readonly tenants: Readonly<Record<string, { readonly here: string; readonly site: string | null }>>
  readonly common: string
}> {
  return JSON.parse(await readFile(join(folder, 'published.json'), 'utf8')) as Awaited<ReturnType<typeof readPublished>>
}

/** A list of pages that is published. */
export async function readPages(folder: string, hash: string): Promise<PublishedPages> {
  return JSON.parse(await readFile(join(folder, 'files', hash.slice(0, 2), hash), 'utf8')) as PublishedPages
}

/** Everything below a folder, by its path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What a running process was given, and has open. */
export function heldBy(pid: number): { readonly environment: string; readonly open: readonly string[] } {
  const open = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
    } catch {
      return []
    }
  })
  return { environment: readFileSync(`/proc/${pid}/environ`, 'utf8'), open }
}
