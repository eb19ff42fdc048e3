import { isUnseen, linesOf, rulesOf, spanOf } from './look.ts'
import type { Line, Look, Rule } from './look.ts'
import { known, listOf } from './pieces.ts'
import { tidy } from './tidy.ts'

const levels = { low: 'note', medium: 'warning', high: 'error', critical: 'error' } as const
/** What GitHub sorts by: from 4 medium, from 7 high, above 9 critical. */
const scores = { low: '3.0', medium: '5.5', high: '8.0', critical: '9.5' } as const

/**
 * A look as SARIF 2.1.0 (OASIS), for the annotations of a pipeline. Results are faults and nothing else, since readers
 * show each as one; what could not be looked at is a notification of the invocation.
 */
export function* sarifOf(look: Look): Generator<string> {
  const lines = linesOf(look)
  const rules = rulesOf(lines)
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const { from, until } = spanOf(look)
  yield '{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0",'
  yield `"runs":[{"tool":{"driver":{"name":"art32","version":${JSON.stringify(tidy(look.release))},"language":"${look.language}","rules":`
  yield* listOf(rules, ruleJson)
  yield `}},"automationDetails":{"id":"art32/prove/"},"columnKind":"utf16CodeUnits","invocations":[{`
  yield `"executionSuccessful":${lines.length === 0 || !lines.every(isUnseen)},"startTimeUtc":${JSON.stringify(from)},"endTimeUtc":${JSON.stringify(until)},`
  yield '"toolExecutionNotifications":'
  yield* listOf(lines.filter(isUnseen), notification)
  yield '}],"results":'
  yield* listOf(
    lines.filter(({ state }) => state === 'fail'),
    (line) => result(line, indexes.get(line.check) ?? -1),
  )
  yield '}]}\n'
}

function ruleJson(rule: Rule): unknown {
  const { id, title, why, remedy, severity, serves, refs, sources } = rule
  return {
    id,
    shortDescription: { text: escape(title) },
    ...(why === '' ? {} : { fullDescription: { text: escape(why) } }),
    ...(remedy === '' ? {} : { help: { text: escape(remedy) } }),
    ...known({ helpUri: sources.find((source) => URL.canParse(source)) }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', ...serves.map(({ measure }) => `measure/${measure}`), ...refs.map((ref) => `ref/${ref}`)],
      precision: 'very-high',
      'problem.severity': severity === 'low' ? 'recommendation' : severity === 'medium' ? 'warning' : 'error',
      'security-severity': scores[severity],
    },
  }
}

function result(line: Line, ruleIndex: number): unknown {
  const { check, severity, says, key, exception } = line
  return {
    ruleId: check,
    ruleIndex,
    kind: 'fail',
    level: levels[severity],
    message: { text: escape(says === '' ? check : says) },
    locations: [location(line)],
    partialFingerprints: { 'art32/v1': tidy(key) },
    ...(exception && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: escape(`${exception.reason} (until ${exception.expires})`),
        },
      ],
    }),
    properties: propertiesOf(line),
  }
}

function notification(line: Line): unknown {
  const { check, state, reason, says } = line
  return {
    descriptor: { id: reason ?? state },
    associatedRule: { id: check },
    level: 'warning',
    message: { text: escape(says === '' ? check : says) },
    locations: [location(line)],
    properties: propertiesOf(line),
  }
}

function propertiesOf({ subject, state, at, freshUntil, asked, factsHash, environment }: Line) {
  return { subject, state, at, freshUntil, parameters: asked, ...known({ factsSha256: factsHash, environment }) }
}

/** Readers want a file: the system stands in its place, as a path that no repository has. */
function location({ system, systemName, subject }: Line): unknown {
  const [scheme = '', ...rest] = system.split(':')
  const path = rest.length === 0 ? [scheme] : [scheme, rest.join(':')]
  return {
    physicalLocation: {
      artifactLocation: { uri: path.map(encodeURIComponent).join('/') },
      region: { startLine: 1 },
    },
    logicalLocations: [{ name: subject, fullyQualifiedName: `${systemName} ${subject}`, kind: 'resource' }],
  }
}

/** In messages of SARIF, brackets make links and braces placeholders (3.11.5, 3.11.6). */
function escape(text: string): string {
  return text.replaceAll(/[[\]\\]/g, '\\$&').replaceAll(/[{}]/g, '$&$&')
}
