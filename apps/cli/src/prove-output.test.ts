import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProveResult } from '@art32/probes'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from './refusal.ts'
import { mainFile } from './testing/child.ts'
import { runHere } from './testing/terminal.ts'
import { writeWhole } from './whole-file.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-output-'))
const at = (name: string) => join(home, name)
afterAll(() => rmSync(home, { recursive: true, force: true }))
beforeEach(() => {
  for (const name of readdirSync(home)) rmSync(at(name), { recursive: true })
})

/** Faults that need neither network nor machine: versions that are declared and past their end. */
const old = ['prove', '--target', 'versions:nodejs@16.0.0']
const system = 'versions:nodejs'
const text = (name: string) => readFileSync(at(name), 'utf8')

describe('art32 prove --output', () => {
  it('keeps one look in every form at once, and prints text besides', async () => {
    const forms = ['text', 'json', 'oscal', 'ocsf', 'sarif', 'junit', 'csv']
    const { exit, out, err } = await runHere([...old, ...forms.flatMap((form) => ['--output', `${form}=${at(form)}`])])
    expect(exit).toBe(1)
    expect(out).toContain('✗ fail')
    expect(text('text')).toBe(out)
    expect(JSON.parse(text('json'))).toMatchObject({ schema: 'art32.prove/1' })
    expect(JSON.parse(text('oscal'))).toHaveProperty('assessment-results')
    expect(JSON.parse(text('ocsf'))).toContainEqual(expect.objectContaining({ class_uid: 2003 }))
    expect(JSON.parse(text('sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { version: '0.1.0' } } }],
    })
    expect(text('junit')).toContain('<testsuite name="nodejs"')
    expect(text('csv')).toMatch(/ver\.not-eol,.*,[0-9a-f]{64},ver\.not-eol\//)
    for (const form of forms) expect(err).toContain(`${at(form)}: ${form}, ${readFileSync(at(form)).length} bytes\n`)
    expect(readdirSync(home).toSorted()).toEqual(forms.toSorted())
  })

  it('of a file alone takes the form of --format, and prints nothing', async () => {
    const { exit, out } = await runHere([...old, '--format', 'junit', '--output', at('report.xml')])
    expect([exit, out]).toEqual([1, ''])
    expect(text('report.xml')).toMatch(/^<\?xml/)
  })

  it('without a file prints the form', async () => {
    const { out } = await runHere([...old, '--format', 'sarif'])
    expect(JSON.parse(out)).toMatchObject({ version: '2.1.0' })
    const printed = await runHere([...old, '--format', 'json'])
    expect(Object.keys(JSON.parse(printed.out) as object)).toEqual(
      Object.keys(JSON.parse((await runHere([...old, '--json'])).out) as object),
    )
  })

  it.each([
    [['--format', 'xml'], '--format: this form is not known. There are: text, json, oscal'],
    [['--json', '--format', 'csv'], 'contradict each other'],
    [['--output', 'xml=x'], '--output: this form is not known'],
    [['--output', 'csv='], '--output takes a file'],
    [['--output', 'csv=x', '--output', 'junit=x'], 'x is named twice'],
    [['--output', 'csv=/dev/full'], '/dev/full is no file'],
    [['--output', tmpdir()], 'is no file'],
    [['--output', at('nowhere/x.csv')], 'there is no such folder'],
    [['--output', '/dev/null/y/x.csv'], 'a part of the path is no folder'],
    [['--fail-on', 'severe'], 'Allowed choices are low, medium, high, critical, never'],
    [['--exceptions', at('nowhere.yaml')], 'There is no such file for --exceptions'],
  ])('%j is refused before anything is looked at', async (args, say) => {
    const { exit, out, err } = await runHere([...old, ...args])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain(say)
    expect(err).not.toContain('versions:nodejs:')
  })
})

describe.runIf(existsSync('/dev/full'))('stdout', () => {
  it('that is full ends with 2 and a sentence, not with half a report', () => {
    const { status, stderr } = spawnSync('sh', [
      '-c',
      `"${process.execPath}" "${mainFile}" ${old.join(' ')} > /dev/full`,
    ])
    expect([status, String(stderr)]).toEqual([2, expect.stringContaining('art32: there is no space left')])
  })
})

describe('a file', () => {
  it('is whole or as it was: a full disk takes nothing away', async () => {
    writeFileSync(at('report.csv'), 'before')
    const full = function* () {
      yield 'x'.repeat(300_000)
      throw Object.assign(new Error('write'), { code: 'ENOSPC' })
    }
    await expect(writeWhole(at('report.csv'), full(), '--output')).rejects.toThrow(
      new Refusal(
        `--output: ${at('report.csv')}: there is no space left. Nothing was written; what was there before is as it was.`,
      ),
    )
    expect(text('report.csv')).toBe('before')
    expect(readdirSync(home)).toEqual(['report.csv'])
    expect(await writeWhole(at('report.csv'), ['after ', 'ä'], '--output')).toBe(8)
    expect(text('report.csv')).toBe('after ä')
  })

  it('takes the place of a link, and not of what that leads to', async () => {
    mkdirSync(at('in'))
    writeFileSync(at('in/secret'), 'kept')
    symlinkSync(at('in/secret'), at('report.csv'))
    await writeWhole(at('report.csv'), ['new'], '--output')
    expect([text('report.csv'), text('in/secret')]).toEqual(['new', 'kept'])
  })
})

describe('art32 prove --exceptions', () => {
  const except = (...entries: object[]) => {
    writeFileSync(at('exceptions.yaml'), JSON.stringify(entries))
    return [...old, '--exceptions', at('exceptions.yaml'), '--only', 'ver.not-eol,ver.patched']
  }
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const entry = {
    check: 'ver.not-eol',
    system,
    reason: 'Extended support bought.',
    owner: 'operations',
    expires: day(30),
  }

  it('does not count what is excepted, and says so in every form', async () => {
    const both = except(entry, { ...entry, check: 'ver.patched', subject: 'nodejs' })
    const { exit, out, err } = await runHere([
      ...both,
      '--output',
      `junit=${at('a.xml')}`,
      '--output',
      `json=${at('a.json')}`,
    ])
    expect(exit).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`(exception until ${entry.expires}: Extended support bought.)`)
    expect(err).toContain('In order by this policy (2 with an exception).')
    expect(text('a.xml')).toContain('failures="0"')
    const { targets } = JSON.parse(text('a.json')) as ProveResult
    expect(targets[0]?.checks[0]?.outcomes[0]).toMatchObject({
      state: 'fail',
      exception: { reason: 'Extended support bought.', expires: entry.expires },
    })
    // Who answers for it stays in the file of its owner.
    for (const told of [out, text('a.xml'), text('a.json')]) expect(told).not.toContain('operations')
  })

  it('counts a fault whose exception ended, and names it', async () => {
    const { exit, err } = await runHere(except({ ...entry, expires: day(-1) }))
    expect(exit).toBe(1)
    expect(err).toContain(`ver.not-eol on ${system}, nodejs: its exception ended on ${day(-1)}; ask operations.`)
    expect(err).toContain('Not in order: 2 faults of severity low or more.')
  })

  it('names an exception that nearly fits, and one that covers nothing', async () => {
    const { exit, err } = await runHere(except({ ...entry, subject: 'node' }, { ...entry, system: 'versions:python' }))
    expect(exit).toBe(1)
    expect(err).toContain(
      `ver.not-eol on ${system}, nodejs: would be excepted if subject were "nodejs"; the exception says "node".`,
    )
    expect(err).toContain('Entry 2 of the exceptions (ver.not-eol on versions:python) covers no fault of this run.')
  })

  it('names no more of them than a person reads', async () => {
    const many = Array.from({ length: 30 }, (_, nth) => ({ ...entry, subject: `node-${nth}` }))
    const { err } = await runHere(except(...many))
    expect(err.match(/would be excepted/g)).toHaveLength(20)
    expect(err).toContain('\nand 10 more about exceptions\n')
  })

  it('refuses a file with a slip in it', async () => {
    const { exit, err } = await runHere(except({ ...entry, owner: '' }))
    expect([exit, existsSync(at('report'))]).toEqual([2, false])
    expect(err).toContain('--exceptions: Entry 1, owner: expected a list of entries')
  })
})
