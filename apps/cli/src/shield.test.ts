import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'

const main = path.resolve(import.meta.dirname, 'main.ts')
const guide = readFileSync(path.resolve(import.meta.dirname, '../../../docs/guides/shield.md'), 'utf8')

const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-'))
const inFolder = (name: string) => path.join(folder, name)
const content = (name: string) => readFileSync(inFolder(name), 'utf8')

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** Runs a line of a shell in the folder, with `npx art32` as this clone's. */
async function shell(line: string): Promise<Ran> {
  const command = line.replaceAll('npx art32', `"${process.execPath}" "${main}"`)
  try {
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: folder })
    return { status: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { status: code, out: stdout, err: stderr }
  }
}

/** The block of the guide that is fenced as this language. */
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'u').exec(guide)?.[1] ?? ''

describe('the guide', () => {
  // Databases and object stores have a test of their own, since they need a server.
  const commands = guide
    .split('\n## ')
    .filter((section) => !/^(?:Test copies of a database|Folders of an object store)\n/u.test(section))
    .join('\n')
    .split('\n')
    .flatMap((line) => (/^ {4}(?=.*(?:npx art32|shares))/u.test(line) ? [line.trim()] : []))

  beforeAll(async () => {
    writeFileSync(inFolder('customers.csv'), block('csv'))
    writeFileSync(inFolder('sealed.plan.yaml'), block('yml'))
    for (const command of commands) {
      const { status, err } = await shell(command)
      expect(`${command}: ${status} ${status === 0 ? '' : err}`).toBe(`${command}: 0 `)
    }
  })

  test('has its commands run', () => {
    expect(commands).toHaveLength(8)
    const clean = content('clean.csv')
    for (const gone of [
      'Ostermoor',
      'Wilrun',
      'wilrun',
      'Jendrik',
      'Halvorsrud',
      'example',
      '23125',
      '3920012',
      '10115',
      '03-12',
    ]) {
      expect(clean).not.toContain(gone)
    }
    expect(clean).toContain('about invoice 4711-23')
  })

  test('shows a program that gives the same bytes as the command line', async () => {
    mkdirSync(inFolder('node_modules/@art32'), { recursive: true })
    symlinkSync(path.resolve('packages/shield'), inFolder('node_modules/@art32/shield'))
    writeFileSync(inFolder('library.ts'), block('ts'))
    const { stdout } = await promisify(execFile)(process.execPath, ['library.ts'], { cwd: folder })
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'art32.shield-report/1', records: 2 })
    expect(content('library.csv')).toBe(content('clean.csv'))
  })

  test('shows a plan that can be read and used', async () => {
    writeFileSync(inFolder('guide.yaml'), block('yaml'))
    const { status, out, err } = await shell(
      'npx art32 shield customers.csv - --plan guide.yaml --key-file customers.key',
    )
    expect([status, err.includes('no plan')]).toEqual([0, false])
    expect(out.split('\n')[1]).toMatch(
      /^[0-9a-f-]{36},[a-z2-7]{26},[a-z2-7]{26},[a-z2-7]{26},,10,1984,active,"Ms \[name\] called, use \[email\]"$/u,
    )
  })
})

describe('the report', () => {
  test('has neither a value nor the key', () => {
    const text = content('report.json')
    const key = content('customers.key').split(':')[1]?.trim() ?? 'none'
    for (const secret of [key, 'Ostermoor', 'example.com', '23125', 'Jendrik']) expect(text).not.toContain(secret)
    expect(JSON.parse(text)).toMatchObject({ schema: 'art32.shield-report/1', records: 2, unknown: [], missing: [] })
  })
})

describe('refuses, with status 2 and no output,', () => {
  test.each([
    ['a file that is not there', 'npx art32 shield none.csv out.csv --key-file customers.key', 'there is no such file'],
    [
      'a key that is none',
      'npx art32 shield customers.csv out.csv --key-file customers.csv',
      '--key-file: customers.csv',
    ],
    ['no key', 'npx art32 shield customers.csv out.csv', 'art32 shield key'],
    [
      'a plan that is none',
      'npx art32 shield customers.csv out.csv --key-file customers.key --plan customers.csv',
      'is not a plan',
    ],
    ['the input as output', 'npx art32 shield customers.csv customers.csv --key-file customers.key', 'overwritten'],
    [
      'a folder that is not there',
      'npx art32 shield customers.csv no/out.csv --key-file customers.key',
      'no such folder',
    ],
    [
      'a damaged archive',
      'head -c 40 packed.gz > cut.gz; npx art32 shield cut.gz out.csv --key-file customers.key',
      'damaged or ends too early',
    ],
    [
      'an open quote',
      `printf 'a,b\\n1,"x\\n' > open.csv; npx art32 shield open.csv out.csv --key-file customers.key`,
      'never closed',
    ],
  ])('%s', async (_what, command, message) => {
    await shell('gzip -c customers.csv > packed.gz')
    const { status, err } = await shell(command)
    expect(status).toBe(2)
    expect(err).toContain(message)
    expect(readdirSync(folder).filter((name) => name === 'out.csv' || name.endsWith('.part'))).toEqual([])
  })

  test('to write over a key', async () => {
    const before = content('customers.key')
    expect((await shell('npx art32 shield key customers.key')).status).toBe(2)
    expect(content('customers.key')).toBe(before)
  })
})

test('packed files are read and written', async () => {
  const run = await shell(
    'gzip -c customers.csv > in.csv.gz && npx art32 shield in.csv.gz out.csv.zst --plan customers.plan.yaml --key-file customers.key && npx art32 shield out.csv.zst - --plan customers.plan.yaml --key-file customers.key',
  )
  expect(run.status).toBe(0)
  expect(run.out.split('\n')).toHaveLength(4)
})

test('a kill in the middle leaves nothing under the name of the output, and the next run is whole', async () => {
  const row =
    '1,Wilrun,Ostermoor,w.ostermoor@example.com,+49 30 23125 014,10115,1984-03-12,active,"Ms Ostermoor called"\n'
  writeFileSync(inFolder('large.csv'), block('csv').split('\n')[0] + '\n' + row.repeat(300_000))
  const args = [
    'shield',
    'large.csv',
    'large-clean.csv',
    '--plan',
    'customers.plan.yaml',
    '--key-file',
    'customers.key',
  ]
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, stdio: 'ignore' })
  const drafts = () =>
    readdirSync(folder).filter((name) => name.startsWith('.large-clean.csv') && statSync(inFolder(name)).size > 0)
  while (drafts().length === 0 && child.exitCode === null) await sleep(5)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(drafts()).toHaveLength(1)
  expect(readdirSync(folder)).not.toContain('large-clean.csv')
  expect(readFileSync(inFolder(drafts()[0] ?? ''), 'utf8')).not.toContain('Ostermoor')
}, 60_000)

test('no key is in the list of processes', async () => {
  const { out } = await shell(
    'npx art32 shield customers.csv out2.csv --key-file customers.key & sleep 0.3; ps -eo args',
  )
  expect(out).toContain('shield customers.csv')
  expect(out).not.toContain(content('customers.key').split(':')[1]?.trim())
})
