import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { SignOffRecord } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { attachFiles } from '../file/index.ts'
import { attest, findDay, possibleDays } from './attend.ts'
import { freshUntil, maySign, stageOf } from './duty.ts'
import { dutyErrors } from './errors.ts'
import { filesIn, wrongFields } from './form.ts'
import type { Filled } from './form.ts'
import * as store from './store.ts'
import type { DutyRow, OccurrenceRow } from './store.ts'

/**
 * Records that something was done: whole, or the first of two signatures.
 *
 * @param effectiveOn the day on which it was done; never to come, never before it could be done
 * @returns the record's id, and whether a second person must confirm it
 */
export async function signOff(
  tx: TenantContext,
  { occurrenceId, effectiveOn, form }: { occurrenceId: string; effectiveOn: string; form: Filled },
): Promise<{ signOffId: string; isWaiting: boolean }> {
  const { duty, row } = await getBoth(tx, occurrenceId)
  const accountId = callerOf(tx)
  if (row.done_at !== null) throw dutyErrors.already_done()
  const day = await findDay(tx)
  if (!maySign(duty, accountId, day, stageOf(row, day.today))) throw dutyErrors.not_yours()
  if (row.first_id !== null) throw dutyErrors.needs_other()
  const possible = possibleDays(row, day.today)
  if (effectiveOn < possible.from || effectiveOn > possible.until) throw dutyErrors.bad_day(possible)
  const wrong = wrongFields(duty.form, form)
  if (wrong.length > 0) throw dutyErrors.bad_form({ fields: wrong.join(', ').slice(0, 200) })
  const kind = duty.four_eyes ? 'first' : 'given'
  const id = await record(tx, { duty, row, kind, ofId: null, effectiveOn, form, timeZone: day.timeZone })
  await store.noteDone(
    tx,
    duty.four_eyes
      ? { id: row.id, done_on: null, done_at: null, first_id: id }
      : { id: row.id, done_on: effectiveOn, done_at: tx.now, first_id: null },
  )
  await attest(tx, duty)
  return { signOffId: id, isWaiting: duty.four_eyes }
}

/** The second of two signatures, by somebody else who may sign editions or this duty. */
export async function confirmSignOff(tx: TenantContext, occurrenceId: string): Promise<string> {
  const { duty, row } = await getBoth(tx, occurrenceId)
  const accountId = callerOf(tx)
  if (row.done_at !== null) throw dutyErrors.already_done()
  const first = row.first_id === null ? undefined : await store.findSignOff(tx, row.first_id)
  if (!first) throw dutyErrors.sign_off_not_found()
  if (first.account_id === accountId) throw dutyErrors.needs_other()
  const day = await findDay(tx)
  const mayEver = tx.caller.permissions.includes('edition:sign') || maySign(duty, accountId, day, 'missed')
  if (!mayEver && duty.deputy_account !== accountId) throw dutyErrors.not_yours()
  const { effective_on: effectiveOn, form } = first
  const id = await record(tx, { duty, row, kind: 'given', ofId: first.id, effectiveOn, form, timeZone: day.timeZone })
  await store.noteDone(tx, { id: row.id, done_on: effectiveOn, done_at: tx.now, first_id: null })
  await attest(tx, duty)
  return id
}

/** Takes a sign-off back by a record of its own: it stays to be read, and the day is open again. */
export async function withdraw(tx: TenantContext, signOffId: string, reason: string): Promise<void> {
  const found = await store.findSignOff(tx, signOffId)
  if (!found) throw dutyErrors.sign_off_not_found()
  const { duty, row } = await getBoth(tx, found.occurrence_id)
  // What is taken back is what counts now: the last record, or the first signature that waits.
  const counting = (await store.listSignOffs(tx, duty.id)).findLast((one) => one.occurrence_id === row.id)
  const isCounting = counting?.id === signOffId && counting.kind !== 'withdrawn'
  if (!isCounting) throw dutyErrors.sign_off_not_found()
  const isOwn = found.account_id !== null && found.account_id === tx.caller.accountId
  if (!isOwn && !tx.caller.permissions.includes('register:write')) throw dutyErrors.not_yours()
  const id = tx.newId()
  await store.addSignOff(tx, {
    ...found,
    id,
    kind: 'withdrawn',
    of_id: found.id,
    account_id: tx.caller.accountId,
    role: tx.caller.role,
    at: tx.now,
    form: {},
    reason,
    commitment: null,
  })
  await store.noteDone(tx, { id: row.id, done_on: null, done_at: null, first_id: null })
  await tx.append({
    type: 'signoff.withdrawn',
    about: { kind: 'duty', id: duty.id },
    content: { before: { signOff: found.id, occurrence: row.id, dueOn: row.due_on }, reason: { reason } },
  })
  await attest(tx, duty)
}

interface Given {
  readonly duty: DutyRow
  readonly row: OccurrenceRow
  readonly kind: 'first' | 'given'
  readonly ofId: string | null
  readonly effectiveOn: string
  readonly form: Filled
  readonly timeZone: string
}

async function record(
  tx: TenantContext,
  { duty, row, kind, ofId, effectiveOn, form, timeZone }: Given,
): Promise<string> {
  const id = tx.newId()
  const files = await attachFiles(tx, { kind: 'sign-off', id }, filesIn(duty.form, form))
  const attested: SignOffRecord | null =
    kind === 'given' && duty.catalogue_id !== null
      ? {
          format: 'art32.sign-off/1',
          measure: duty.catalogue_id,
          at: tx.now.toISOString(),
          effectiveOn,
          freshUntil: freshUntil(duty, row, timeZone).toISOString(),
          evidence: [
            createHash('sha256').update(canonicalize(form)).digest('hex'),
            ...files.map(({ sha256 }) => sha256),
          ],
        }
      : null
  const commitments = await tx.append({
    type: 'signoff.given',
    about: { kind: 'duty', id: duty.id },
    code: kind === 'first' ? 'first' : ofId === null ? 'given' : 'second',
    content: {
      after: {
        signOff: id,
        occurrence: row.id,
        dueOn: row.due_on,
        effectiveOn,
        form,
        files: files.map(({ fileId, sha256, size, type }) => ({ fileId, sha256, size, type })),
      },
      ...(attested === null ? {} : { 'sign-off': attested }),
    },
  })
  await store.addSignOff(tx, {
    id,
    occurrence_id: row.id,
    kind,
    of_id: ofId,
    account_id: tx.caller.accountId,
    role: tx.caller.role,
    effective_on: effectiveOn,
    at: tx.now,
    form,
    reason: '',
    commitment: commitments['sign-off'] ?? null,
  })
  return id
}

/** A due day with its duty, which is locked: two people who sign at once are in turn. */
async function getBoth(tx: TenantContext, occurrenceId: string): Promise<{ duty: DutyRow; row: OccurrenceRow }> {
  const found = await store.findOccurrence(tx, occurrenceId)
  const duty = found && (await store.findDuty(tx, found.duty_id))
  // Read once more, now that nobody else can change it.
  const row = duty && (await store.findOccurrence(tx, occurrenceId))
  if (!row) throw dutyErrors.occurrence_not_found()
  if (duty.retired_at !== null) throw dutyErrors.retired()
  return { duty, row }
}

function callerOf({ caller }: TenantContext): string {
  if (caller.accountId === null) throw dutyErrors.no_account()
  return caller.accountId
}
