import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

const main = path.resolve(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'art32-vault-'))
const inFolder = (name: string) => path.join(folder, name)
const content = (name: string) => readFileSync(inFolder(name), 'utf8')

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

async function art32(args: readonly string[], input = ''): Promise<Ran> {
  return await new Promise((resolve) => {
    const child = execFile(process.execPath, [main, 'shield', ...args], { cwd: folder }, (error, out, err) => {
      resolve({ status: error === null ? 0 : Number(error.code), out, err })
    })
    child.stdin?.end(input)
  })
}

const plan = `plan: art32.shield/1
format: { kind: csv, delimiter: ',' }
columns:
  id: { type: subject-id, do: reversible }
  mail: { type: email, do: reversible, epoch: 3 }
  note: { type: text, do: text }
`
const csv =
  'id,mail,note\nA-17,wilrun@example.com,"called, ""wilrun@example.com"""\nB-18,jendrik@example.net,\n"C, ""19""",,\n'
const run = ['in.csv', 'out.csv', '--plan', 'plan.yaml', '--key-file', 'key', '--vault', 'vault/vault']
const two = ['--share', 'vault/share-1', '--share', 'vault/share-2']
const people = ['--person', 'First Person', '--person', 'Second Person', '--why', 'Request 12 (Art. 15)']
const sealed = ['--vault', 'vault/vault', '--sealed', 'run.sealed']

beforeAll(async () => {
  writeFileSync(inFolder('in.csv'), csv)
  writeFileSync(inFolder('plan.yaml'), plan)
  mkdirSync(inFolder('vault'))
  expect((await art32(['key', 'key'])).status).toBe(0)
  expect((await art32(['vault', 'create', 'vault', '--people', '3'])).status).toBe(0)
  expect((await art32([...run, '--sealed', 'run.sealed'])).status).toBe(0)
})

describe('what was sealed', () => {
  test('is in no file in the clear, and the files of shares are their owner’s alone', async () => {
    expect(readdirSync(inFolder('vault')).toSorted()).toEqual(['share-1', 'share-2', 'share-3', 'vault'])
    expect(statSync(inFolder('vault/share-1')).mode & 0o777).toBe(0o600)
    const lines = content('out.csv').split('\n')
    expect(lines[1]).toMatch(/^rv1[a-z2-7]+,rv1[a-z2-7]+,"called, ""\[email\]"""$/u)
    expect(content('out.csv') + content('run.sealed')).not.toMatch(/wilrun|A-17/u)
  })

  test('is revealed by any two, recorded before it is handed out', async () => {
    const by = ['--share', 'vault/share-3', '--share', 'vault/share-1']
    const { status, out } = await art32(['reveal', 'out.csv', ...sealed, ...people, ...by, '--log', 'first.log'])
    expect([status, out]).toEqual([0, csv.replace('wilrun@example.com"""', '[email]"""')])
    const records = content('first.log')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(records).toMatchObject([
      { who: ['First Person', 'Second Person'], why: 'Request 12 (Art. 15)', what: 'text', count: 0 },
      { what: 'revealed', count: 5 },
    ])
  })

  test('is written as the format demands', async () => {
    writeFileSync(inFolder('in.ndjson'), '{"id":"say \\"hi\\"","mail":"x@example.com"}\n')
    writeFileSync(inFolder('json.yaml'), plan.replace("{ kind: csv, delimiter: ',' }", '{ kind: ndjson }'))
    const key = ['--key-file', 'key', '--vault', 'vault/vault', '--report', 'json.report']
    expect((await art32(['in.ndjson', 'out.ndjson', '--plan', 'json.yaml', ...key])).status).toBe(0)
    const by = ['--vault', 'vault/vault', '--sealed', 'json.report.sealed', ...people, ...two]
    expect((await art32(['reveal', 'out.ndjson', ...by])).out).toBe(content('in.ndjson'))
  })

  test('is revealed value by value, with shares that are typed', async () => {
    const [token = ''] = content('out.csv').split('\n')[2]?.split(',') ?? []
    const typed = `${content('vault/share-1')}${content('vault/share-2')}`
    const { status, out, err } = await art32(['reveal', token, ...sealed, ...people], typed)
    expect([status, out]).toEqual([0, 'B-18\n'])
    expect(err).not.toContain('share-1:')
    expect(content('vault/vault.log')).toContain('"what":"values","count":1')
  })

  test('stays sealed for one person, one share, no reason, another vault, or where nothing can be recorded', async () => {
    const reveal = (...more: string[]) => art32(['reveal', 'out.csv', ...sealed, ...more])
    expect((await art32(['vault', 'create', 'other', '--people', '2'])).status).toBe(0)
    const refusals = [
      [reveal(...people, '--share', 'vault/share-1', '--share', 'vault/share-1'), 'second person'],
      [reveal('--person', 'One', '--person', 'One', '--why', 'x', ...two), 'names of their own'],
      [reveal('--person', 'One', '--why', 'x', ...two), 'two people'],
      [reveal('--person', 'One', '--person', 'Two', ...two), '--why'],
      [reveal(...people, ...two, '--log', 'no/folder/log'), 'nothing is revealed'],
      [art32(['reveal', 'out.csv', '--vault', 'other', '--sealed', 'run.sealed', ...people, ...two]), 'another vault'],
    ] as const
    for (const [ran, message] of refusals) {
      const refused = await ran
      expect(refused.err).toContain(message)
      expect([refused.status, refused.out]).toEqual([2, ''])
    }
  })
})

describe('nothing is sealed', () => {
  test.each([
    ['without a vault', run.slice(0, -2), '--vault'],
    ['without a place for the sealed key', run, '--sealed'],
    ['over the sealed key of another run', [...run, '--sealed', 'run.sealed'], 'earlier run'],
  ])('%s', async (_what, args, message) => {
    const { status, err } = await art32(args.map((arg) => (arg === 'out.csv' ? 'none.csv' : arg)))
    expect([status, err.includes(message)]).toEqual([2, true])
    expect(existsSync(inFolder('none.csv'))).toBe(false)
  })
})
