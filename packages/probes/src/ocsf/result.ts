import { z } from 'zod'
import type { Control } from './facts.ts'

const product = z.object({
  name: z.string().nullish(),
  vendor_name: z.string().nullish(),
  version: z.string().nullish(),
})

/**
 * A result of a control, as far as it is read: a Compliance Finding (class 2003), or a Detection Finding (2004) as
 * Prowler writes them, with `status_code` for the result and `event_code` for the control.
 */
const finding = z.object({
  class_uid: z.union([z.literal(2003), z.literal(2004)]),
  time: z.number().nullish(),
  time_dt: z.string().nullish(),
  severity_id: z.int().nullish(),
  status_id: z.int().nullish(),
  status_code: z.string().nullish(),
  metadata: z.object({ event_code: z.string().nullish(), product: product.nullish() }),
  finding_info: z.object({ uid: z.string().nullish() }).nullish(),
  compliance: z
    .object({
      control: z.string().nullish(),
      requirements: z.array(z.string()).nullish(),
      status_id: z.int().nullish(),
      status: z.string().nullish(),
    })
    .nullish(),
})
const classOf = z.object({ class_uid: z.int() })

/** One result, or why a record is none: of another kind, or of one of the two kinds without what it must have. */
export type Result =
  | {
      readonly kind: 'result'
      readonly control: string
      readonly producer: string
      readonly state: 'pass' | 'fail' | 'unknown' | 'suppressed'
      readonly severity: Control['severity']
      /** Milliseconds since 1970, or undefined. */
      readonly at: number | undefined
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'broken' }

const severities: readonly Control['severity'][] = [
  'unknown',
  'informational',
  'low',
  'medium',
  'high',
  'critical',
  'critical',
]

/** Reads one record of a file of results. */
export function readResult(record: unknown): Result {
  const known = classOf.safeParse(record)
  if (!known.success) return { kind: 'broken' }
  if (known.data.class_uid !== 2003 && known.data.class_uid !== 2004) return { kind: 'other' }
  const parsed = finding.safeParse(record)
  if (!parsed.success) return { kind: 'broken' }
  const one = parsed.data
  // A Detection Finding without the word of a control is an alarm of something else.
  if (one.class_uid === 2004 && !one.status_code) return { kind: 'other' }
  const { metadata, compliance } = one
  const control = compliance?.control ?? metadata.event_code ?? compliance?.requirements?.[0]
  if (!control) return { kind: 'broken' }
  const { name, vendor_name: vendor, version } = metadata.product ?? {}
  return {
    kind: 'result',
    control: short(control),
    producer: short([name ?? vendor ?? 'unnamed', version ?? ''].join(' ').trim()),
    state: stateOf(one),
    severity: severities[one.severity_id ?? 0] ?? 'unknown',
    at: timeOf(one.time_dt, one.time),
  }
}

type Finding = z.output<typeof finding>

/** `compliance.status_id`: 1 pass, 2 warning (no result for lack of information), 3 fail. Words where there is no number. */
function stateOf({ class_uid: kind, status_id: status, status_code: code, compliance }: Finding) {
  if (status === 3) return 'suppressed'
  const byNumber = kind === 2003 ? [undefined, 'pass', 'unknown', 'fail'] : []
  const number = byNumber[compliance?.status_id ?? 0]
  if (number === 'pass' || number === 'fail' || number === 'unknown') return number
  const word = (compliance?.status ?? code ?? '').toUpperCase()
  if (/^PASS(ED)?$/.test(word)) return 'pass'
  if (/^FAIL(ED)?$/.test(word)) return 'fail'
  return word === 'MUTED' ? 'suppressed' : 'unknown'
}

/** The standard counts milliseconds, Prowler seconds: a number that would lie before March 1973 is one of seconds. */
function timeOf(text: string | null | undefined, time: number | null | undefined): number | undefined {
  const hasZone = /[zZ]$|[+-]\d\d:?\d\d$/.test(text ?? '')
  const parsed = Date.parse(text === null || text === undefined || hasZone ? (text ?? '') : `${text}Z`)
  if (!Number.isNaN(parsed)) return parsed
  if (typeof time !== 'number' || time <= 0) return undefined
  const ms = time < 100_000_000_000 ? time * 1_000 : time
  return ms < 8_640_000_000_000_000 ? ms : undefined
}

const short = (text: string) => text.replace(/\p{Cc}/gu, ' ').slice(0, 200)
