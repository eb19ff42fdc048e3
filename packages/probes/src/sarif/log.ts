import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { parseJson } from '../files/read.ts'
import type { Finding, Run } from './facts.ts'

const properties = z
  .object({ tags: z.array(z.string()).optional(), 'security-severity': z.unknown() })
  .partial()
  .nullish()
const target = z.object({ id: z.string().optional() })
const rule = z.object({
  id: z.string(),
  defaultConfiguration: z.object({ level: z.string().optional() }).nullish(),
  relationships: z.array(z.object({ target })).nullish(),
  properties,
})
type Rule = z.output<typeof rule>
const component = z.object({ name: z.string(), rules: z.array(rule).nullish() })
const instant = z.iso.datetime({ offset: true })

const result = z.object({
  ruleId: z.string().nullish(),
  ruleIndex: z.int().nullish(),
  rule: z
    .object({
      id: z.string().nullish(),
      index: z.int().nullish(),
      toolComponent: z.object({ index: z.int().nullish() }).nullish(),
    })
    .nullish(),
  kind: z.string().nullish(),
  level: z.string().nullish(),
  baselineState: z.string().nullish(),
  suppressions: z.array(z.object({ status: z.string().nullish() })).nullish(),
  provenance: z.object({ firstDetectionTimeUtc: instant.nullish() }).nullish(),
  taxa: z.array(target).nullish(),
  properties,
  locations: z
    .array(
      z.object({
        physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string().nullish() }).nullish() }).nullish(),
      }),
    )
    .nullish(),
})
type Result = z.output<typeof result>

const run = z.object({
  tool: z.object({ driver: component, extensions: z.array(component).nullish() }),
  invocations: z
    .array(
      z.object({
        executionSuccessful: z.boolean().nullish(),
        startTimeUtc: instant.nullish(),
        endTimeUtc: instant.nullish(),
      }),
    )
    .nullish(),
  versionControlProvenance: z.array(z.object({ revisionId: z.string().nullish() })).nullish(),
  results: z.array(result).nullish(),
})
type RunLog = z.output<typeof run>

const log = z.object({ version: z.literal('2.1.0'), runs: z.array(run) })

/** Findings kept one by one; a log with more serious ones is not a report that anybody works on. */
export const mostFindings = 5_000

/** A result is serious from this score on; what GitHub calls high. */
const seriousScore = 7

/** Reads a SARIF log (OASIS, version 2.1.0) as any tool writes it. @throws {Unreadable} contract */
export function readLog(text: string, modifiedAt: Date): { runs: Run[]; findings: Finding[] } {
  const findings = new Map<string, Finding>()
  const runs = parseJson(text.replace(/^\uFEFF/, ''), log).runs.map((one) => readRun(one, modifiedAt, findings))
  if (findings.size > mostFindings)
    throw new Unreadable('incomplete', `the log holds more than ${mostFindings} places with serious findings`)
  return { runs, findings: [...findings.values()] }
}

/** @param findings of all runs so far, by tool, rule and place; those of this one are added */
function readRun(given: RunLog, modifiedAt: Date, findings: Map<string, Finding>): Run {
  const tool = short(given.tool.driver.name)
  const ends = (given.invocations ?? []).flatMap(({ endTimeUtc, startTimeUtc }) => endTimeUtc ?? startTimeUtc ?? [])
  const known = rulesOf(given)
  let minor = 0
  let suppressed = 0
  for (const one of given.results ?? []) {
    if (!isFault(one)) continue
    if (isSuppressed(one)) {
      suppressed += 1
      continue
    }
    const finding = findingOf(one, ruleOf(one, given, known), tool)
    if (finding === undefined) {
      minor += 1
      continue
    }
    const key = `${tool}\0${finding.rule}\0${finding.path}`
    const other = findings.get(key)
    findings.set(key, other === undefined ? finding : joined(other, finding))
  }
  return {
    tool,
    at: ends.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? modifiedAt.toISOString(),
    hasResults: Array.isArray(given.results),
    succeeded: (given.invocations ?? []).every(({ executionSuccessful }) => executionSuccessful !== false),
    revisions: (given.versionControlProvenance ?? []).flatMap(({ revisionId }) =>
      revisionId ? [short(revisionId)] : [],
    ),
    minor,
    suppressed,
  }
}

/** What passed, does not apply, or was there only in an earlier run is no fault (SARIF 3.27.9 and 3.27.24). */
const isFault = ({ kind, baselineState }: Result) => (kind ?? 'fail') === 'fail' && baselineState !== 'absent'

/** Suppressed unless one of the suppressions still waits for somebody or was refused (SARIF 3.27.23). */
const isSuppressed = ({ suppressions }: Result) =>
  (suppressions ?? []).length > 0 && (suppressions ?? []).every(({ status }) => (status ?? 'accepted') === 'accepted')

function findingOf(one: Result, known: Rule | undefined, tool: string): Finding | undefined {
  const score = scoreOf(one.properties?.['security-severity'] ?? known?.properties?.['security-severity'])
  const level = one.level ?? known?.defaultConfiguration?.level ?? 'warning'
  const isSerious = score === null ? level === 'error' : score >= seriousScore
  if (!isSerious) return undefined
  return {
    tool,
    rule: short(one.ruleId ?? one.rule?.id ?? known?.id ?? 'unnamed'),
    cwe: cweOf(one, known),
    path: placeOf(one),
    count: 1,
    score,
    since: one.provenance?.firstDetectionTimeUtc ?? null,
    isNew: one.baselineState === 'new',
  }
}

/** The rules of a run by id, the driver's before those of extensions. Looked up once: a log may hold very many. */
function rulesOf({ tool }: RunLog): ReadonlyMap<string, Rule> {
  const known = new Map<string, Rule>()
  for (const { rules } of [tool.driver, ...(tool.extensions ?? [])])
    for (const one of rules ?? []) if (!known.has(one.id)) known.set(one.id, one)
  return known
}

/** The rule stands in the driver or an extension, by index or by id; `CA1000/1` is a part of the rule `CA1000`. */
function ruleOf(one: Result, { tool }: RunLog, known: ReadonlyMap<string, Rule>): Rule | undefined {
  const extension = one.rule?.toolComponent?.index
  const home = typeof extension === 'number' ? tool.extensions?.[extension] : tool.driver
  const byIndex = home?.rules?.[one.ruleIndex ?? one.rule?.index ?? -1]
  const id = (one.ruleId ?? one.rule?.id ?? '').slice(0, 1_000)
  if (byIndex !== undefined && (id === '' || id === byIndex.id || id.startsWith(`${byIndex.id}/`))) return byIndex
  const parts = id.split('/', 8)
  return parts
    .map((_part, at) => known.get(parts.slice(0, parts.length - at).join('/')))
    .find((found) => found !== undefined)
}

function scoreOf(value: unknown): number | null {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof score === 'number' && score >= 0 && score <= 10 ? score : null
}

function cweOf(one: Result, known: Rule | undefined): string[] {
  const texts = [
    ...(one.properties?.tags ?? []),
    ...(known?.properties?.tags ?? []),
    ...(one.taxa ?? []).map(({ id }) => `cwe-${id ?? ''}`),
    ...(known?.relationships ?? []).map((relation) => relation.target.id ?? ''),
  ]
  const numbers = texts
    .slice(0, 100)
    .flatMap((text) => /cwe[-/_: ]{1,3}0*(\d{1,5})\b/i.exec(text.slice(0, 200))?.[1] ?? [])
  return [...new Set(numbers.map((number) => `CWE-${number}`))].toSorted()
}

/** Folders above the repository may carry the name of a person: of an absolute place only its end is kept. */
function placeOf({ locations }: Result): string {
  const uri = (locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '').replace(/[?#].*$/s, '')
  const isAbsolute = /^([a-z][a-z0-9+.-]*:|\/|\\)/i.test(uri)
  const path = isAbsolute ? uri.split(/[\\/]/).slice(-2).join('/') : uri.replace(/^(\.\/)+/, '')
  return short(path === '' ? 'no place' : path)
}

function joined(a: Finding, b: Finding): Finding {
  const dates = [a.since, b.since].filter((date) => date !== null).toSorted()
  const score = Math.max(a.score ?? -1, b.score ?? -1)
  return {
    ...a,
    count: a.count + b.count,
    cwe: [...new Set([...a.cwe, ...b.cwe])].toSorted(),
    score: score < 0 ? null : score,
    // One without a date may be older than all that have one.
    since: a.since === null || b.since === null ? null : (dates[0] ?? null),
    isNew: a.isNew && b.isNew,
  }
}

const short = (text: string) => text.replace(/\p{Cc}/gu, ' ').slice(0, 200)
