import { isUnseen, linesOf, rulesOf, spanOf } from './look.ts'
import type { Line, Look, Rule } from './look.ts'
import { known, listOf } from './pieces.ts'
import { tidy } from './tidy.ts'
import { uuidOf } from './uuid.ts'

const oscalVersion = '1.1.2'
/** The name space of the properties that are art32's own. */
const ns = 'urn:x-art32:prove'
const toolId = uuidOf('tool', 'art32')
const platformId = uuidOf('platform', 'art32')
const planId = uuidOf('plan', 'art32')

/**
 * A look as OSCAL assessment results (NIST, JSON). Each outcome is an observation. A finding says "satisfied" or "not
 * satisfied" and nothing between, so only passes and fails become one; its objective is the check, not the measure:
 * whether a measure is proven depends on its statement, its parameters and its scope, and is said by an edition.
 */
export function* oscalOf(look: Look): Generator<string> {
  const lines = linesOf(look)
  const { from, until } = spanOf(look)
  const title = markup(tidy(look.title)) || 'art32'
  const id = uuidOf('document', look.title, look.madeAt, from, until, String(lines.length))
  const metadata = { title, 'last-modified': look.madeAt, version: look.madeAt, 'oscal-version': oscalVersion }
  yield `{"assessment-results":{"uuid":"${id}","metadata":${JSON.stringify(metadata)},`
  yield `"import-ap":{"href":"#${planId}"},"results":[{"uuid":"${uuidOf('result', id)}",`
  yield `"title":${JSON.stringify(title)},"description":${JSON.stringify(about)},`
  yield `"start":${JSON.stringify(from)},"end":${JSON.stringify(until)},`
  yield '"local-definitions":{'
  if (lines.length > 0) {
    yield '"components":'
    yield* listOf(new Map(lines.map((line) => [line.system, line])).values(), component)
    yield ','
  }
  yield `"assessment-assets":${JSON.stringify(assetsOf(look.release))}},`
  yield `"reviewed-controls":${JSON.stringify(reviewedOf(rulesOf(lines)))}`
  if (lines.length > 0) {
    yield ',"observations":'
    yield* listOf(lines, observation)
  }
  const judged = [...Map.groupBy(lines, groupOf).values()].filter((group) => !group.some(isUnseen) && isDecided(group))
  if (judged.length > 0) {
    yield ',"findings":'
    yield* listOf(judged, finding)
  }
  yield `}],"back-matter":${JSON.stringify({ resources: [plan] })}}}\n`
}

const about =
  'Outcomes of automated checks, told by the operator of the systems about themselves. What could not be looked at is an observation without a finding: neither satisfied nor not satisfied.'

/** OSCAL wants the plan that was followed; here the schedule of the checks is the plan. */
const plan = {
  uuid: planId,
  title: 'Schedule of checks',
  description:
    'There is no assessment plan as a document of its own: each system is looked at by the checks of its connector, in the rhythm of its connection or at each run of the pipeline.',
}

function component(line: Line): unknown {
  return {
    uuid: uuidOf('system', line.system),
    type: 'system',
    title: markup(line.systemName),
    description: markup(line.system),
    ...known({ props: prop('environment', line.environment) }),
    status: { state: 'operational' },
  }
}

function assetsOf(release: string): unknown {
  const tool = {
    uuid: toolId,
    type: 'software',
    title: 'art32',
    description: 'Collects facts and judges them by checks.',
    props: prop('version', release),
    status: { state: 'operational' },
  }
  const platform = { uuid: platformId, title: 'art32', 'uses-components': [{ 'component-uuid': toolId }] }
  return { components: [tool], 'assessment-platforms': [platform] }
}

/** Measures of the catalogue are the controls, checks the objectives. */
function reviewedOf(rules: readonly Rule[]): unknown {
  const measures = [...new Set(rules.flatMap(({ serves }) => serves.map(({ measure }) => measure)))].toSorted()
  const controls = measures.map((measure) => ({ 'control-id': measure }))
  return {
    description: 'Controls are measures of the catalogue of art32, objectives its checks.',
    'control-selections': [controls.length === 0 ? { 'include-all': {} } : { 'include-controls': controls }],
    ...known({
      'control-objective-selections':
        rules.length === 0
          ? undefined
          : [{ 'include-objectives': rules.map(({ id }) => ({ 'objective-id': token(id) })) }],
    }),
  }
}

function observation(line: Line): unknown {
  const { check, version, severity, subject, state, reason, says, at, freshUntil, exception, factsHash, key } = line
  return {
    uuid: observationId(line),
    title: markup(`${line.rule.title} – ${line.systemName}`),
    description: markup(says) || '–',
    props: [
      ...prop('check', check),
      ...prop('check-version', String(version)),
      ...prop('severity', severity),
      ...prop('state', state),
      ...prop('reason', reason),
      ...prop('subject', subject),
      ...prop('parameters', line.asked),
      ...prop('key', tidy(key)),
    ],
    methods: ['TEST'],
    origins: [{ actors: [{ type: 'tool', 'actor-uuid': toolId }] }],
    subjects: [{ 'subject-uuid': uuidOf('system', line.system), type: 'component' }],
    ...known({
      'relevant-evidence':
        factsHash === undefined
          ? undefined
          : [
              {
                description: 'The facts that were judged, kept where they were collected.',
                props: prop('facts-sha256', factsHash),
              },
            ],
    }),
    collected: at,
    expires: freshUntil,
    ...known({ remarks: exception && markup(`Exception until ${exception.expires}: ${exception.reason}`) }),
  }
}

function finding(group: readonly Line[]): unknown {
  const [first] = group
  if (first === undefined) throw new Error('a group of outcomes is never empty')
  const failed = group.filter(({ state }) => state === 'fail')
  const isExcepted = failed.length > 0 && failed.every(({ exception }) => exception !== undefined)
  return {
    uuid: uuidOf('finding', groupOf(first), first.at),
    title: markup(`${first.rule.title} – ${first.systemName}`),
    description: markup(tidy((failed.length > 0 ? failed : group).map(({ says }) => says).join(' '))) || '–',
    props: [...prop('severity', first.severity), ...first.rule.serves.flatMap(({ measure, as }) => prop(as, measure))],
    origins: [{ actors: [{ type: 'tool', 'actor-uuid': toolId }] }],
    target: {
      type: 'objective-id',
      'target-id': token(first.check),
      status: {
        state: failed.length > 0 ? 'not-satisfied' : 'satisfied',
        reason: failed.length > 0 ? 'fail' : 'pass',
        ...(isExcepted ? { remarks: 'Every fault has a declared exception; see the observations.' } : {}),
      },
    },
    'related-observations': group.map((line) => ({ 'observation-uuid': observationId(line) })),
  }
}

/** A check with one set of parameters on one system, at one time. */
function groupOf({ system, check, asked, at }: Line): string {
  return [system, check, asked, at].join('\0')
}

function isDecided(group: readonly Line[]): boolean {
  return group.some(({ state }) => state === 'pass' || state === 'fail')
}

function observationId({ key, at, asked, state, says }: Line): string {
  return uuidOf('observation', key, at, asked, state, says)
}

/** A property; values are texts that neither begin nor end with a blank, and an empty one is none. */
function prop(name: string, value: string | undefined): { name: string; ns: string; value: string }[] {
  const text = tidy(value ?? '')
  return text === '' ? [] : [{ name, ns, value: text }]
}

/** Ids of ours are tokens; one of another release might not be. */
function token(id: string): string {
  const safe = id.replaceAll(/[^A-Za-z0-9.\-_]/g, '_')
  return /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`
}

/** OSCAL reads texts as Markdown: what could make a link, an image or a tag is told as it stands. */
function markup(text: string): string {
  return text.replaceAll(/[\\`*[\]<>&]/g, '\\$&')
}
