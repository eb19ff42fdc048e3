import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { SignOffRecord } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { removeAttestation, replaceAttestation } from '../measure/index.ts'
import { personErrors } from './errors.ts'
import { addMonths, dayAt, endOf, findTimeZone, startOf, todayOf } from '../calendar/index.ts'
import { isHere } from './person.ts'
import type { KeptMeasure, Standing } from './person.ts'
import { coursesIn, readRecords, standingIn } from './records.ts'
import type { Records } from './records.ts'
import * as recordStore from './record-store.ts'
import type { SignOffRow } from './record-store.ts'

/** A signatory looks at the records once a year. */
const signedMonths = 12

/** What a signed measure is called, with its figure: counts only, never a name. */
const titles: Readonly<Record<KeptMeasure, Readonly<Record<'en' | 'de', (n: number, of: number) => string>>>> = {
  'confidentiality-agreements': {
    en: (n, of) => `Bound to confidentiality: ${n} of ${of} people`,
    de: (n, of) => `Auf Vertraulichkeit verpflichtet: ${n} von ${of} Personen`,
  },
  'employee-training': {
    en: (n, of) => `Trained, each course in force: ${n} of ${of} people`,
    de: (n, of) => `Geschult, jeder Kurs gültig: ${n} von ${of} Personen`,
  },
}

/**
 * A signatory says that a measure is kept by the records, for a year.
 *
 * @throws {person.nobody_here | not_kept} where somebody is missing beyond the grace, or what they have expired
 */
export async function signKept(tx: TenantContext, measure: KeptMeasure): Promise<Standing> {
  await recordStore.lockRecords(tx)
  const records = await readRecords(tx)
  const standing = standingIn(records, measure)
  if (standing.of === 0) throw personErrors.nobody_here()
  const late = standing.missing + standing.expired
  if (late > 0) throw personErrors.not_kept({ covered: standing.covered, of: standing.of, missing: late })
  const before = (await recordStore.listSignOffs(tx)).find((row) => row.catalogue_id === measure)
  const id = before?.id ?? tx.newId()
  const today = await todayOf(tx)
  const freshUntil = endOf(addMonths(today, signedMonths), await findTimeZone(tx))
  const record: SignOffRecord = {
    format: 'art32.sign-off/1',
    measure,
    at: tx.now.toISOString(),
    effectiveOn: today,
    freshUntil: freshUntil.toISOString(),
    evidence: [evidenceOf(records, measure)],
  }
  const commitments = await tx.append({
    type: 'signoff.given',
    about: { kind: 'staff', id },
    content: { after: { measure, covered: standing.covered, of: standing.of }, 'sign-off': record },
  })
  const commitment = commitments['sign-off']
  if (!commitment) throw bug('a sign-off was appended without its commitment')
  await recordStore.saveSignOff(tx, {
    catalogue_id: measure,
    id,
    account_id: tx.caller.accountId,
    role: tx.caller.role,
    at: tx.now,
    fresh_until: freshUntil,
    commitment,
  })
  await settle(tx, records)
  return standing
}

/** Takes a sign-off back: nothing about people stands behind the measure any more. @throws {person.not_signed} */
export async function withdrawKept(tx: TenantContext, measure: KeptMeasure, reason: string): Promise<void> {
  await recordStore.lockRecords(tx)
  const row = (await recordStore.listSignOffs(tx)).find((one) => one.catalogue_id === measure)
  if (!row) throw personErrors.not_signed()
  await recordStore.removeSignOff(tx, measure)
  await removeAttestation(tx, { source: 'person', source_id: row.id })
  await tx.append({
    type: 'signoff.withdrawn',
    about: { kind: 'staff', id: row.id },
    content: { before: { measure }, reason: { reason } },
  })
}

/** Says anew how the records stand behind each measure that was signed off: after each change, and on each day. */
export async function settle(tx: TenantContext, known?: Records): Promise<void> {
  const signed = await recordStore.listSignOffs(tx)
  if (signed.length === 0) return
  const records = known ?? (await readRecords(tx))
  for (const row of signed) await settleOne(tx, row, records)
}

async function settleOne(tx: TenantContext, row: SignOffRow, records: Records): Promise<void> {
  const measure = row.catalogue_id as KeptMeasure
  const timeZone = await findTimeZone(tx)
  const standing = standingIn(records, measure)
  const [signedUntil, recordsUntil] = [
    row.fresh_until,
    standing.until === null ? null : endOf(standing.until, timeZone),
  ]
  await replaceAttestation(tx, {
    source: 'person',
    source_id: row.id,
    catalogue_id: measure,
    title: titles[measure][tx.tenant.language](standing.covered, standing.of),
    role: row.role,
    given_at: row.at,
    effective_on: dayAt(row.at, timeZone),
    // What expires first decides: the year of the signature, or somebody's training.
    fresh_until: recordsUntil !== null && recordsUntil < signedUntil ? recordsUntil : signedUntil,
    commitment: row.commitment,
    overdue_since: standing.overdueSince === null ? null : startOf(standing.overdueSince, timeZone),
    // Nothing here is done again and again: the figure stands in the title.
    on_time: 0,
    counted: 0,
  })
}

/** SHA-256 of all that a figure was counted from: random ids and days, no name. */
function evidenceOf(records: Records, measure: KeptMeasure): string {
  const here = records.people.filter((person) => isHere(person, records.today))
  const rows = here.map((person) => ({
    person: person.id,
    agreements:
      measure === 'confidentiality-agreements'
        ? (records.agreements.get(person.id) ?? []).map(({ id, signed_on: day }) => ({ id, day }))
        : [],
    trainings:
      measure === 'employee-training'
        ? coursesIn(records, person).map(({ course, covered }) => ({ course: course.id, until: covered.until }))
        : [],
  }))
  return createHash('sha256').update(canonicalize(rows)).digest('hex')
}
