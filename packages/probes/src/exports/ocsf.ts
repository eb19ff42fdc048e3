import { linesOf } from './look.ts'
import type { Line, Look } from './look.ts'
import { known, listOf } from './pieces.ts'
import { tidy } from './tidy.ts'
import { uuidOf } from './uuid.ts'

/** The version of the schema that the records keep to. */
const schemaVersion = '1.5.0'

const severities = {
  low: { severity_id: 2, severity: 'Low' },
  medium: { severity_id: 3, severity: 'Medium' },
  high: { severity_id: 4, severity: 'High' },
  critical: { severity_id: 5, severity: 'Critical' },
} as const
const informational = { severity_id: 1, severity: 'Informational' } as const

/** What could not be looked at is unknown: neither passed nor failed, and not the "Warning" that many take for a fail. */
const statuses = {
  pass: { status_id: 1, status: 'Pass' },
  fail: { status_id: 3, status: 'Fail' },
  info: { status_id: 99, status: 'Informational' },
  'not-evaluated': { status_id: 0, status: 'Unknown' },
  'not-applicable': { status_id: 99, status: 'Not Applicable' },
  stale: { status_id: 0, status: 'Unknown' },
} as const satisfies Record<Line['state'], unknown>

/** A look as Compliance Findings (class 2003) of the Open Cybersecurity Schema Framework, in one JSON array. */
export function* ocsfOf(look: Look): Generator<string> {
  const product = { name: 'art32', vendor_name: 'art32', version: tidy(look.release), lang: look.language }
  yield* listOf(linesOf(look), (line) => finding(line, product, Date.parse(look.madeAt)))
  yield '\n'
}

function finding(line: Line, product: Readonly<Record<string, string>>, loggedAt: number): unknown {
  const { check, state, severity, says, key, exception, rule } = line
  const time = Date.parse(line.at)
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    ...(state === 'fail' ? severities[severity] : informational),
    ...lifeOf(line),
    time,
    message: says,
    ...known({ comment: exception && `Exception until ${exception.expires}: ${exception.reason}` }),
    metadata: {
      version: schemaVersion,
      product,
      event_code: check,
      uid: uuidOf('event', key, line.at, line.asked, state),
      logged_time: loggedAt,
    },
    finding_info: { uid: tidy(key), title: rule.title, last_seen_time: time, ...known({ desc: rule.why }) },
    compliance: {
      control: check,
      standards: ['Regulation (EU) 2016/679, Art. 32'],
      ...known({ requirements: rule.refs }),
      ...statuses[state],
      status_code: line.reason ?? state,
      status_detail: says,
    },
    resources: [{ uid: line.system, name: line.systemName, type: rule.connector }],
    ...(state === 'fail' && rule.remedy !== ''
      ? { remediation: { desc: rule.remedy, ...known({ references: rule.sources }) } }
      : {}),
    unmapped: unmappedOf(line),
  }
}

/** New, or suppressed by an exception; what did not fail has no life to speak of. */
function lifeOf({ state, exception }: Line) {
  if (state !== 'fail') return {}
  return exception ? { status_id: 3, status: 'Suppressed' } : { status_id: 1, status: 'New' }
}

/** What the schema has no place for. */
function unmappedOf(line: Line) {
  const { subject, state, version, severity, freshUntil, asked, factsHash, environment, rule } = line
  return {
    subject,
    state,
    check_version: version,
    check_severity: severity,
    fresh_until: freshUntil,
    parameters: asked,
    measures: rule.serves.map(({ measure, as }) => ({ measure, as })),
    ...known({ facts_sha256: factsHash, environment }),
  }
}
