import type { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { hintId } from './certificate.ts'
import type { AcmeState } from './keep.ts'
import type { Line } from './line.ts'

const hour = 3_600_000
const day = 24 * hour

const Directory = z.object({ renewalInfo: z.url({ protocol: /^https$/ }).optional() })
const Answer = z.object({
  suggestedWindow: z.object({ start: z.iso.datetime({ offset: true }), end: z.iso.datetime({ offset: true }) }),
})

/**
 * Asks the authority when it wants a certificate to be renewed.
 *
 * @param random from 0 to 1: where in the window, so that not everybody comes at once
 * @returns `at` null: it has no opinion
 * @throws {AcmeFailure | ZodError | SyntaxError} as for any other answer
 * @source RFC 9773 §4.2, §4.3
 */
export async function askHint(
  certificate: X509Certificate,
  { directory, line, now, random }: { directory: string; line: Line; now: Date; random: number },
): Promise<NonNullable<AcmeState['hint']>> {
  const id = await hintId(certificate)
  const none = { certificate: nameOf(certificate), at: null, askAgain: now.getTime() + day }
  const { renewalInfo } = Directory.parse(JSON.parse((await line.ask(directory, { method: 'GET' })).body))
  if (id === null || renewalInfo === undefined) return none
  const { body } = await line.ask(`${renewalInfo.replace(/\/$/, '')}/${id}`, { method: 'GET' })
  const { start, end } = Answer.parse(JSON.parse(body)).suggestedWindow
  const [from, until] = [Date.parse(start), Date.parse(end)]
  if (until < from) return none
  const pause = Math.min(Math.max(line.pauseMs() ?? 6 * hour, hour / 2), day)
  return { ...none, at: Math.round(from + random * (until - from)), askAgain: now.getTime() + pause }
}

/**
 * When a certificate is to be renewed: when its authority says, or when a third of its life is left. An authority that
 * wants it at once, again and again, is followed once a day; one that wants it after its end is not.
 */
export function renewalOf(certificate: X509Certificate, hint: AcmeState['hint']): number {
  const from = certificate.validFromDate.getTime()
  const until = certificate.validToDate.getTime()
  const life = until - from
  const usual = until - life / 3
  if (hint === null || hint.at === null || hint.certificate !== nameOf(certificate)) return usual
  return Math.min(Math.max(hint.at, from + Math.min(day, life / 3)), until - life / 6)
}

/** Tells certificates apart. */
export function nameOf(certificate: X509Certificate): string {
  return certificate.fingerprint256
}
