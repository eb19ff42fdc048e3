import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const main = path.resolve(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-hostile-'))
const inFolder = (name: string) => path.join(folder, name)
mkdirSync(inFolder('small'))
/** Only root may mount a disk of its own, and not in every container. */
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', inFolder('small')]).status === 0

const columns = 'columns:\n  a: { type: name, do: pseudonym }\n  b: { type: text, do: text }\n'
const row = 'Wilrun Ostermoor,"Ms Ostermoor called, w.ostermoor@example.com"\n'

interface Ended {
  readonly status: number | null
  readonly signal: string | null
  readonly err: string
  /** In MiB. */
  readonly peak: number
}

/** Starts `art32 shield` and measures how much memory it takes. */
function start(from: string, to: string, more: readonly string[] = []) {
  const args = ['shield', from, to, '--plan', 'plan.yaml', '--key-file', 'key', '--threads', '1', ...more]
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
  let err = ''
  let peak = 0
  child.stderr.on('data', (text: Buffer) => (err += text.toString()))
  // Whoever is killed reads no more.
  child.stdin.on('error', () => undefined)
  const timer = setInterval(() => {
    peak = Math.max(peak, residentOf(child.pid))
  }, 20)
  const ended = (async (): Promise<Ended> => {
    const [status, signal] = (await once(child, 'close')) as [number | null, string | null]
    clearInterval(timer)
    return { status, signal, err, peak }
  })()
  return { child, ended }
}

function residentOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

const drafts = (within = folder) => readdirSync(within).filter((name) => name.endsWith('.part'))

async function firstDraft(within = folder): Promise<void> {
  for (let turn = 0; turn < 2000 && drafts(within).length === 0; turn += 1) await sleep(5)
}

beforeAll(() => {
  writeFileSync(inFolder('plan.yaml'), `plan: art32.shield/1\nformat: { kind: csv, delimiter: ',' }\n${columns}`)
  execFileSync(process.execPath, [main, 'shield', 'key', 'key'], { cwd: folder, stdio: 'ignore' })
  const rows = Array.from({ length: 200_000 }, (_, index) => `Wilrun ${index},${row}`.replace('Wilrun Ostermoor,', ''))
  writeFileSync(inFolder('large.csv'), `a,b\n${rows.join('')}`)
})

afterAll(() => {
  spawnSync('umount', ['-l', inFolder('small')])
  rmSync(folder, { recursive: true, force: true })
})

describe('what unpacks to ten gigabytes', () => {
  const zeros = gzipSync(Buffer.alloc(100 << 20), { level: 9 })

  test('without a line end is refused at once, in the memory of any other file', async () => {
    writeFileSync(inFolder('bomb.gz'), Buffer.concat(Array.from({ length: 100 }, () => zeros)))
    const { child, ended } = start('bomb.gz', 'bomb.csv')
    child.stdout.resume()
    const { status, err, peak } = await ended
    expect(status).toBe(2)
    expect(err).toMatch(/longer than|no whole row/u)
    expect(peak).toBeLessThan(256)
    expect(readdirSync(folder)).not.toContain('bomb.csv')
    expect(drafts()).toEqual([])
  }, 60_000)

  test('of lines is worked on in that memory as well', async () => {
    const lines = gzipSync(Buffer.from(row.repeat(500_000)), { level: 9 })
    writeFileSync(inFolder('lines.gz'), Buffer.concat([gzipSync(Buffer.from('a,b\n')), lines, lines]))
    const { child, ended } = start('lines.gz', 'lines.csv')
    child.stdout.resume()
    const { status, peak } = await ended
    expect(status).toBe(0)
    expect(peak).toBeLessThan(256)
  }, 60_000)
})

/** Rows that come by a pipe: a run is under way for as long as more may come. */
const begun = `a,b\n${row.repeat(20_000)}`

describe('a run that cannot end well leaves nothing under the name of its output', () => {
  test.skipIf(!isMounted)(
    'when the disk is full',
    async () => {
      for (const name of ['small/out.csv', 'small/out.csv.gz']) {
        const { status, err } = await start('large.csv', name).ended
        expect(`${status} ${err}`).toContain('2 ')
        expect(err).toContain('no space left')
        expect(readdirSync(inFolder('small'))).toEqual([])
      }
    },
    60_000,
  )

  test('when its folder goes away', async () => {
    mkdirSync(inFolder('there'))
    const { child, ended } = start('-', 'there/out.csv')
    child.stdin.write(begun)
    await firstDraft(inFolder('there'))
    renameSync(inFolder('there'), inFolder('gone'))
    child.stdin.end()
    const { status, err } = await ended
    expect(status).toBe(2)
    expect(err).toContain('there/out.csv')
    expect(err).not.toContain('at async')
    expect(readdirSync(inFolder('gone'))).not.toContain('out.csv')
  }, 60_000)

  test('when it is asked to stop', async () => {
    const { child, ended } = start('-', 'stopped.csv')
    child.stdin.write(begun)
    await firstDraft()
    child.kill('SIGTERM')
    const { status } = await ended
    expect(status).toBe(130)
    expect(readdirSync(folder)).not.toContain('stopped.csv')
    expect(drafts()).toEqual([])
  }, 60_000)

  test('when nobody reads any more, which ends it without a word and without a report', async () => {
    const { child, ended } = start('large.csv', '-', ['--report', 'unread.json'])
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const { err } = await ended
    expect(err).toBe('')
    expect(readdirSync(folder)).not.toContain('unread.json')
  }, 60_000)
})
