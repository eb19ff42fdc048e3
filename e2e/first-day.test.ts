/*
 * The first day of a new user by the commands of the guides, as docs/first-day.md tells it: from an empty folder to a published
 * edition that a customer verifies, to a backup, and to a restored installation that goes on. The browser's part is in
 * workplace.test.ts.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const cli = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url))
/** Each test starts several processes; how long that takes is for the machine to say. */
const patienceMs = 240_000

const person = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }

describe('the first day', () => {
  let home: string
  let environment: NodeJS.ProcessEnv
  let key: string
  let day: Running

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-first-day-')))
    // Where the tests run as root, PostgreSQL runs under another account, which has to pass.
    chmodSync(home, 0o711)
    const { NODE_ENV: _, TEST: __, VITEST: ___, ...rest } = process.env
    environment = { ...rest, HOME: home, XDG_CONFIG_HOME: home, ART32_DATA: join(home, 'data'), ART32_PORT: '0' }
    mkdirSync(join(home, 'backups'))
    key = join(home, 'key.txt')
    const made = await art32(['backup', 'key'])
    writeFileSync(key, made.out)
    environment['ART32_BACKUP_RECIPIENTS'] = /age1[a-z0-9]+/.exec(made.out)?.[0]
    environment['ART32_BACKUP_TARGET'] = join(home, 'backups')
    day = await start('/setup#')
  }, patienceMs)

  afterAll(async () => {
    await day?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  test('says at once that it starts, and where its data lie', () => {
    expect(day.printed[0]).toBe('art32 is starting …')
    expect(day.printed).toContain(`  data       ${join(home, 'data')}`)
  })

  test(
    'publishes an edition of a tenant of its own, which a customer verifies',
    async () => {
      await setUp(day)
      const { slug } = await call('tenant.create', { name: 'Example Hosting', language: 'en' }, [])
      expect(slug).toBe('example-hosting')
      const document = join(home, 'my-tom.md')
      writeFileSync(document, '# Measures\n\n## Access\n\n- All connections use TLS 1.2 or later.\n')
      const read = await call('document.read', {}, ['--tenant', 'example-hosting', '--file', document])
      await inTenant('document.adopt', { documentId: Object(read['document']).id })
      const draft = await inTenant('edition.draft', {})
      await inTenant('edition.sign', { editionId: draft['id'] })
      const verified = await art32(['verify', `${day.url}/trust/example-hosting`, '--save-checkpoint', kept()])
      expect([verified.status, verified.out]).toEqual([0, expect.stringContaining('✓ It holds.')])
    },
    patienceMs,
  )

  test(
    'backs up, and says in sentences how that stands',
    async () => {
      const before = await art32(['backup', 'show'])
      expect(before.out).toContain('There is no backup yet: npx art32 backup makes one now.')
      expect(await art32(['backup'])).toMatchObject({ status: 0, out: expect.stringContaining(': 3 databases, ') })
      const after = await art32(['backup', 'show'])
      expect([after.status, after.out]).toEqual([0, expect.stringContaining('! All backups lie in one place.')])
    },
    patienceMs,
  )

  test(
    'is restored elsewhere by one command, goes on there, and gives one tenant back beside itself',
    async () => {
      const restore = ['restore', '--from', join(home, 'backups'), '--key-file', key]
      expect(await day.stop()).toBe(0)
      expect((await art32(restore)).err).toContain('There is an installation here already.')
      environment['ART32_DATA'] = join(home, 'elsewhere')
      expect((await art32(restore)).err).toContain('The master key is not there.')
      mkdirSync(join(home, 'elsewhere', 'keys'), { recursive: true, mode: 0o700 })
      copyFileSync(join(home, 'data', 'keys', 'master.key'), join(home, 'elsewhere', 'keys', 'master.key'))
      expect(await art32(restore)).toMatchObject({ status: 0, out: expect.stringContaining(': 3 databases, ') })
      day = await start('npx art32 verify')
      await signIn(day)
      const held = await art32(['verify', `${day.url}/trust/example-hosting`, '--held', kept()])
      expect([held.status, held.out]).toEqual([0, expect.stringContaining('Edition 1 of ')])
      expect(await art32([...restore, '--tenant', 'example-hosting', '--as', 'then'])).toMatchObject({ status: 0 })
      expect(await call('edition.list', {}, ['--tenant', 'then'])).toMatchObject({ editions: [{ number: 1 }] })
    },
    patienceMs,
  )

  test(
    'drills a kept backup elsewhere with a copy of the key file',
    async () => {
      const copy = join(home, 'data', 'keys', 'master.key')
      const drill = ['drill', '--from', join(home, 'backups'), '--key-file', key]
      const drilled = await art32(drill, { ART32_DATA: join(home, 'scratch'), ART32_MASTER_KEY_FILE: copy })
      expect([drilled.status, drilled.out]).toEqual([0, expect.stringContaining(': passed, 3 databases')])
    },
    patienceMs,
  )

  const kept = () => join(home, 'kept.txt')
  const inTenant = (id: string, input: object) => call(id, input, ['--tenant', 'example-hosting'])

  async function call(id: string, input: object, besides: readonly string[]): Promise<Record<string, unknown>> {
    const { status, out, err } = await art32(['call', id, '--input', JSON.stringify(input), ...besides])
    expect([id, status, err]).toEqual([id, 0, ''])
    return JSON.parse(out) as Record<string, unknown>
  }

  async function setUp({ url, printed }: Running): Promise<void> {
    const token = printed.join('\n').split('/setup#')[1]?.trim()
    const headers = { 'content-type': 'application/json', origin: url }
    const body = JSON.stringify({ token, ...person })
    expect((await fetch(`${url}/api/account/setup`, { method: 'POST', headers, body })).status).toBe(200)
    await signIn(day)
  }

  async function signIn({ url }: Running): Promise<void> {
    environment['ART32_SERVER'] = url
    expect((await art32(['sign-in', '--email', person.email], {}, `${person.password}\n`)).status).toBe(0)
  }

  async function art32(args: readonly string[], besides: NodeJS.ProcessEnv = {}, typed = '') {
    const child = spawn(process.execPath, [cli, ...args], { env: { ...environment, ...besides }, stdio: 'pipe' })
    let [out, err] = ['', '']
    child.stdout.on('data', (data) => void (out += String(data)))
    child.stderr.on('data', (data) => void (err += String(data)))
    child.stdin.end(typed)
    await once(child, 'close')
    return { status: child.exitCode, out, err }
  }

  /** Starts it as `npm start` does, until the line that holds this. */
  async function start(until: string): Promise<Running> {
    const child = spawn(process.execPath, [cli, 'serve'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(child, 'exit')
    const printed: string[] = []
    const logged: string[] = []
    child.stderr.on('data', (data) => void logged.push(String(data)))
    for await (const line of createInterface(child.stdout)) {
      printed.push(line)
      if (line.includes(until)) break
    }
    const url = /workplace\s+(http:\S+?)\/?$/m.exec(printed.join('\n'))?.[1]
    if (url === undefined) throw new Error(`art32 did not start:\n${[...printed, ...logged].join('\n')}`)
    const stop = async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
      return child.exitCode
    }
    return { url, printed, stop }
  }
})

/** A running art32. */
interface Running {
  readonly url: string
  readonly printed: readonly string[]
  /** @returns its exit status */
  stop(): Promise<number | null>
}
