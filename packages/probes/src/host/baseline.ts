import { readFile, stat } from 'node:fs/promises'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'

type Baseline = HostFacts['baseline']

/** Where a report lies: Lynis always writes there, OpenSCAP where it is told to (`--results`). */
const reports = { lynis: '/var/log/lynis-report.dat', openscap: '/var/log/openscap-results.xml' } as const

/** Far above the report of any profile. */
const longest = 64_000_000

/**
 * The newest report of Lynis or OpenSCAP that lies on the machine. The benchmark itself is not run: it takes minutes and
 * writes. Its time is that of the file, since Lynis writes local times without a zone.
 */
export async function readBaseline(paths: Readonly<Record<Baseline['tool'], string>> = reports): Promise<Baseline> {
  const found = await Promise.all(
    (['lynis', 'openscap'] as const).map(async (tool) => ({ tool, file: await stat(paths[tool]).catch(absent) })),
  )
  const [newest] = found
    .flatMap(({ tool, file }) => (file === undefined ? [] : [{ tool, at: file.mtime, size: file.size }]))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
  if (newest === undefined)
    throw new Unreadable('not-configured', 'no report of Lynis or OpenSCAP lies on this machine')
  if (newest.size > longest) throw new Unreadable('incomplete', 'the report of the benchmark is longer than is read')
  const text = await readFile(paths[newest.tool], 'utf8')
  return (newest.tool === 'lynis' ? parseLynis : parseXccdf)(text, wholeSecond(newest.at))
}

/** Times of files are told to the second, which every system keeps. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1_000) * 1_000)
}

function absent(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}

/** `lynis-report.dat`: lines of `key=value`; a warning is `warning[]=TEST-ID|text|…`. Suggestions are no failures. */
export function parseLynis(text: string, at: Date): Baseline {
  const lines = text.split('\n').map((line) => /^([\w[\]]+)=(.*)$/.exec(line.trim()) ?? [])
  const value = (name: string) => lines.find(([, key]) => key === name)?.[2]
  const index = value('hardening_index')
  if (value('lynis_version') === undefined || index === undefined)
    throw new Unreadable('contract', 'the report of Lynis has no version or no hardening_index: it did not end')
  const warnings = lines.filter(([, key]) => key === 'warning[]').map(([, , rest = '']) => rest.split('|')[0] ?? '')
  return {
    tool: 'lynis',
    profile: `Lynis ${value('lynis_version') ?? ''}`,
    at: at.toISOString(),
    score: countOf(index),
    failed: [...new Set(warnings.filter((id) => /^[A-Z]{2,8}-\d+$/.test(id)))].toSorted(),
    rules: value('lynis_tests_done') === undefined ? null : countOf(value('lynis_tests_done') ?? ''),
  }
}

/** Results of `oscap xccdf eval --results`, or an ARF around them. */
export function parseXccdf(text: string, at: Date): Baseline {
  const [head = '', ...results] = text.split(/<(?:[\w-]+:)?rule-result\s/)
  if (results.length === 0) throw new Unreadable('contract', 'the report of OpenSCAP holds no result of a rule')
  const states = results.map((one) => ({
    rule: /^[^>]{0,2000}?\bidref="([\w.:-]+)"/.exec(one)?.[1] ?? '',
    state: /<(?:[\w-]+:)?result>(\w+)</.exec(one.slice(0, 20_000))?.[1] ?? '',
  }))
  const score = /<(?:[\w-]+:)?score\b[^>]*>\s*([\d.]+)/.exec(results.at(-1) ?? '')?.[1]
  const profile = /<(?:[\w-]+:)?profile\s[^>]*\bidref="([\w.:-]+)"/.exec(head)?.[1]
  return {
    tool: 'openscap',
    profile: profile ?? 'XCCDF',
    at: at.toISOString(),
    score: score === undefined ? null : Number(score),
    failed: [...new Set(states.filter(({ state }) => state === 'fail').map(({ rule }) => rule))].toSorted(),
    rules: states.filter(({ state }) => state === 'fail' || state === 'pass').length,
  }
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Unreadable('contract', 'the report of Lynis holds no number where one belongs')
  return Number(text)
}
