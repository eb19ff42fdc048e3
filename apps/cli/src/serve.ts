import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReaderError, checkSize } from '@art32/reader'
import { AppError, homeSlug, keepDocument, makeHome, readConfig, startServer } from '@art32/server'
import type { Config, Server, StartOptions } from '@art32/server'
import { obeySignals } from './signals.ts'
import { summarise } from './summary.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const web = join(repository, 'apps/web')

/** What a start does besides. */
export interface ServeOptions {
  /** A TOM document of the user's own. */
  readonly document?: string
  /** Whose forgotten password is to be replaced: whoever runs the machine hands the link over. */
  readonly resetLink?: string
  /** Whose sessions end: a mail address, or `all`. */
  readonly endSessions?: string
  /** What this process does of what several share; else ART32_ROLE, else everything. */
  readonly role?: string
}

/**
 * Starts art32, does the main job where it is not done yet, prints the summary, and stays until it is told to stop.
 *
 * @param begun the database server, begun while the sources of this file were read
 */
export async function serve(
  { document, resetLink, endSessions, role }: ServeOptions = {},
  begun?: StartOptions['begun'],
): Promise<void> {
  const server = await begin({ begun, ...(role === undefined ? {} : { role }) })
  const say = (line: string) => process.stdout.write(`${line}\n`)
  if (endSessions !== undefined) say(await describeEnded(server, endSessions))
  if (server.role !== 'all') say(`  role       ${server.role}: ${roles[server.role]}`)
  say(`  workplace  ${server.url}/`)
  say(`  data       ${readConfig(process.env).dataFolder}`)
  say(
    `  mail       ${server.mailIsSet ? 'a mail server is set' : 'not set, no letters (ART32_SMTP_URL, ART32_MAIL_FROM)'}`,
  )
  // Once for all processes: the others wait for the one that is at it, and find nothing missing.
  const release = server.role === 'web' ? null : await server.crew.hold('home')
  try {
    if (release !== null) await makeHome(server, (step) => say(`  ${steps[step]}`))
  } catch (error) {
    // art32 works without it, and each start does what is missing.
    say(`  This could not be ended: ${reasonOf(error)}\n  The next start goes on here; everything else works.`)
  } finally {
    await release?.()
  }
  if (document !== undefined) say(await readDraft(server, document))
  // Who only answers may be there before the one that makes what is told of.
  if (server.role !== 'web') say(await summarise(server))
  const token = server.role === 'worker' ? null : await server.issueSetupToken()
  if (token !== null) say(`\n  Set up the first owner (once):\n  ${server.url}/setup#${token}\n`)
  if (resetLink !== undefined) say(await describeResetLink(server, resetLink))
}

async function describeResetLink(server: Server, email: string): Promise<string> {
  const link = await server.issueResetLink(email)
  if (link === null) return '\n  No link for a new password: nobody with a password has this mail address.\n'
  return `\n  A new password for this account (once, for 30 minutes; hand it over by a way you trust):\n  ${link}\n`
}

async function describeEnded(server: Server, whose: string): Promise<string> {
  const ended = await server.endSessions(whose === 'all' ? null : whose)
  if (ended === null) return '  No session was ended: nobody has this mail address.'
  return `  sessions   ${ended} ended ${whose === 'all' ? 'of everybody' : 'of this account'}`
}

const roles = {
  web: 'answers people and programs, works off nothing',
  worker: 'works off queues and schedules, answers only how it is',
}

const steps = {
  tenant: 'making the tenant "This installation" …',
  read: 'reading its TOM document …',
  prove: 'proving what can be proven on this installation and this machine …',
  edition: 'making its first draft edition …',
}

/** How to start besides the configuration. */
export interface BeginOptions extends StartOptions {
  /** What else ends when art32 is told to stop, after it. */
  readonly besides?: () => Promise<void>
  /** Instead of ART32_ROLE. */
  readonly role?: string
}

/** Starts the server with the workplace being built beside it, and stops both on a signal. */
export async function begin({ besides, role, ...options }: BeginOptions = {}): Promise<Server> {
  const refuse = (error: unknown): never => {
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`)
    process.exit(1)
  }
  const config = configOf(role, refuse)
  // A process without pages needs none built.
  const webReady = config.role === 'worker' ? Promise.resolve() : buildWeb()
  webReady.catch(() => undefined)
  const server = await startServer(config, { ...options, webReady }).catch(refuse)
  obeySignals(server, besides)
  // By itself Node.js keeps it at the end, which a crash leaves out: the start after one would read all sources anew.
  flushCompileCache()
  webReady.catch((error: unknown) => process.stderr.write(`The workplace could not be built: ${String(error)}\n`))
  return server
}

function configOf(role: string | undefined, refuse: (error: unknown) => never): Config {
  try {
    return readConfig(role === undefined ? process.env : { ...process.env, ART32_ROLE: role })
  } catch (error) {
    return refuse(error)
  }
}

/**
 * Builds the web app when its sources changed since the last build; the stamp lies in the build. A release brings it built, and
 * neither its sources nor what builds it.
 */
export async function buildWeb(): Promise<void> {
  if (!existsSync(join(web, 'src')) && existsSync(join(web, 'dist/index.html'))) return
  const stamp = join(web, 'dist/.stamp')
  const sources = hashOf(
    join(web, 'src'),
    join(web, 'index.html'),
    join(web, 'vite.config.ts'),
    join(repository, 'package-lock.json'),
  )
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  const vite = join(repository, 'node_modules/.bin/vite')
  const output: Buffer[] = []
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (part: Buffer) => output.push(part))
    child.stderr.on('data', (part: Buffer) => output.push(part))
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error(Buffer.concat(output).toString('utf8'))
  writeFileSync(stamp, sources)
}

function hashOf(...paths: string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .toSorted()
          .map((name) => join(path, name))
      : [path]
    for (const file of files) if (statSync(file).isFile()) hash.update(file).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Reads a document of the user's own into a local draft besides; nothing of it is published. */
async function readDraft(server: Server, given: string): Promise<string> {
  // npm runs scripts in the clone; a path that the user typed is meant from where they stand.
  const path = resolve(process.env['INIT_CWD'] ?? '.', given)
  const name = basename(path)
  try {
    checkSize(statSync(path).size)
    const bytes = readFileSync(path)
    const result = await server.read(bytes, name, new Date())
    const document = await server.tenants.asSystem(homeSlug, (tx) => keepDocument(tx, bytes, result))
    const measures = result.statements.filter((statement) => statement.measures.length > 0).length
    return `
  Your document ${name} was read into a local draft: ${result.statements.length} statements, ${measures} with measures, ${result.faults.length} faults.
  ${server.url}/t/${homeSlug}/read?document=${document.id}
  The draft lies in the tenant "This installation". To publish it for your organisation, make a tenant for that and read it there.`
  } catch (error) {
    return `\n  Your document ${name} was not read. ${reasonOf(error)}`
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError || error instanceof ReaderError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return 'There is no such file; check the path.'
  if (code === 'EACCES') return 'It may not be read; check its permissions.'
  if (code === 'EISDIR') return 'It is a folder; name a file.'
  throw error
}
