import { z } from 'zod'
import { connectorOf } from '@art32/probes'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { dayAt, endOf, findTimeZone } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { findPerson, leaveOn, listPeople, lockRecords, personErrors, savePerson, saveHolder } from '../person/index.ts'
import { leavingErrors } from './errors.ts'
import { requestLooks, say } from './leaving.ts'
import { leavingPaper, leavingTable } from './leaving-paper.ts'
import { isHidden, LeavingShown, LeavingView, showLeaving, viewLeavings } from './leaving-view.ts'
import * as store from './store.ts'

const Instant = z.iso.datetime()
const Reason = z.string().trim().min(3).max(1_000)

/** What can be done with people who leave. */
export function leavingOperations() {
  return [
    tenantOperation({
      id: 'leaving.list',
      summary: 'Lists who leaves and left, with how many of their accounts are open, and whom a directory proposes',
      needs: 'access:read',
      input: z.object({}),
      output: z.object({
        today: z.iso.date(),
        leaving: z.array(LeavingView),
        /** Switched off or deleted by a directory: a person decides. */
        proposed: z.array(
          z.object({
            proposalId: z.uuid(),
            personId: z.uuid().nullable(),
            name: z.string(),
            email: z.string(),
            at: Instant,
          }),
        ),
      }),
      async run(_, tx) {
        return {
          today: (await findDay(tx)).today,
          leaving: await viewLeavings(tx),
          proposed: (await store.listProposals(tx)).map((row) => ({
            proposalId: row.id,
            personId: row.person_id,
            name: row.name,
            email: row.email,
            at: row.proposed_at.toISOString(),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'leaving.show',
      summary: 'Shows every known account of somebody who leaves: open, disabled, gone, or why nobody could look',
      needs: 'access:read',
      input: z.object({ personId: z.uuid() }),
      output: LeavingShown,
      refuses: [leavingErrors.not_leaving],
      run: async ({ personId }, tx) => await showLeaving(tx, personId),
    }),
    tenantOperation({
      id: 'leaving.start',
      summary:
        'Says that somebody leaves, and when: said by an owner, membership, sessions and tokens here end then; all else is looked at',
      needs: 'person:write',
      changes: true,
      input: z.object({
        personId: z.uuid(),
        on: z.iso.date(),
        /** Not at the end of the day, which has to be today. */
        atOnce: z.boolean().default(false),
      }),
      output: z.object({}),
      refuses: [personErrors.not_found, personErrors.bad_days],
      async run({ personId, on, atOnce }, tx) {
        await start(tx, personId, { on, atOnce })
        return {}
      },
    }),
    tenantOperation({
      id: 'leaving.stop',
      summary: 'Says that somebody stays after all; what ended stays ended',
      needs: 'person:write',
      changes: true,
      input: z.object({ personId: z.uuid() }),
      output: z.object({}),
      refuses: [leavingErrors.not_leaving, personErrors.not_found],
      async run({ personId }, tx) {
        await lockRecords(tx)
        if (!(await findPerson(tx, personId))?.left_on) throw leavingErrors.not_leaving()
        await leaveOn(tx, personId, null)
        return {}
      },
    }),
    tenantOperation({
      id: 'leaving.look',
      summary: 'Looks again, now, at every connection that tells of accounts',
      needs: 'check:run',
      changes: true,
      input: z.object({}),
      output: z.object({ runId: z.uuid() }),
      refuses: [leavingErrors.nothing_to_look_at],
      async run(_, tx) {
        const runId = await requestLooks(tx)
        if (runId === null) throw leavingErrors.nothing_to_look_at()
        return { runId }
      },
    }),
    tenantOperation({
      id: 'leaving.confirm',
      summary: 'Says by name that an account is gone which no connection can look at',
      needs: 'register:write',
      changes: true,
      input: z.object({ personId: z.uuid(), accountId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [leavingErrors.not_leaving, leavingErrors.account_not_found, leavingErrors.can_look],
      async run({ personId, accountId, reason }, tx) {
        await confirm(tx, { personId, accountId, reason })
        return {}
      },
    }),
    tenantOperation({
      id: 'leaving.enter',
      summary: 'Enters an account by hand, on a system whose interface tells of none',
      needs: 'register:write',
      changes: true,
      input: z.object({
        systemId: z.uuid(),
        personId: z.uuid(),
        account: z.string().trim().min(1).max(300),
      }),
      output: z.object({}),
      refuses: [personErrors.not_found, personErrors.account_not_found, leavingErrors.shows_accounts],
      async run({ systemId, personId, account }, tx) {
        if (!(await findPerson(tx, personId))) throw personErrors.not_found()
        const looks = (await store.listRosterLooks(tx)).filter((one) => one.system_id === systemId)
        if (!looks.some(({ connector }) => connectorOf(connector)?.hidesAccounts))
          throw looks.length > 0 ? leavingErrors.shows_accounts() : personErrors.account_not_found()
        const id = tx.newId()
        await saveHolder(tx, { id, system_id: systemId, account, person_id: personId, owner: null, reason: null })
        await tx.append({
          type: 'holder.changed',
          about: { kind: 'holder', id },
          code: 'person',
          content: { after: { person: personId, system: systemId, entered: true } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'leaving.accept',
      summary: 'Says that somebody whom the directory switched off has left, on the day on which it did',
      needs: 'access:write',
      changes: true,
      input: z.object({ proposalId: z.uuid(), on: z.iso.date().optional() }),
      output: z.object({ personId: z.uuid() }),
      refuses: [leavingErrors.proposal_not_found, personErrors.not_found, personErrors.bad_days],
      async run({ proposalId, on }, tx) {
        const found = await store.findProposal(tx, proposalId)
        if (!found) throw leavingErrors.proposal_not_found()
        const personId = await personOf(tx, found)
        await store.removeProposal(tx, proposalId)
        const day = on ?? dayAt(found.proposed_at, await findTimeZone(tx))
        await start(tx, personId, { on: day, atOnce: on === undefined })
        return { personId }
      },
    }),
    tenantOperation({
      id: 'leaving.decline',
      summary: 'Says that somebody whom the directory switched off has not left',
      needs: 'register:write',
      changes: true,
      input: z.object({ proposalId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [leavingErrors.proposal_not_found],
      async run({ proposalId, reason }, tx) {
        if (!(await store.findProposal(tx, proposalId))) throw leavingErrors.proposal_not_found()
        await store.removeProposal(tx, proposalId)
        await tx.append({
          type: 'leaving.declined',
          about: { kind: 'person', id: proposalId },
          content: { reason: { reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'leaving.export',
      summary: 'Hands out what became of the accounts of somebody who left, as table or document',
      kind: 'download',
      needs: 'access:read',
      input: z.object({
        personId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'csv']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [leavingErrors.not_leaving, ...Object.values(paperErrors)],
      async run({ personId, format, language }, tx) {
        const shown = await showLeaving(tx, personId)
        const paper = leavingPaper(shown, language)
        return await paperDownload({ tx, paper, format, name: 'leaving', table: leavingTable(shown, language) })
      },
    }),
  ]
}

async function start(
  tx: TenantContext,
  personId: string,
  { on, atOnce }: { readonly on: string; readonly atOnce: boolean },
): Promise<void> {
  await lockRecords(tx)
  const person = await findPerson(tx, personId)
  if (!person) throw personErrors.not_found()
  await store.hold(tx)
  const { timeZone } = await findDay(tx)
  const ends = endOf(on, timeZone)
  // What was begun begins anew: an owner says it now.
  await store.saveLeaving(tx, {
    person_id: personId,
    left_at: atOnce && tx.now < ends ? tx.now : ends,
    by_owner: tx.caller.role === 'owner',
    begun_at: null,
    proven_at: null,
  })
  await leaveOn(tx, personId, on)
}

/** The person of a proposal; somebody who is on no list yet is put there. */
async function personOf(tx: TenantContext, found: store.ProposalRow): Promise<string> {
  const known = (await listPeople(tx)).find(
    ({ id, email }) => id === found.person_id || email?.toLowerCase() === found.email.toLowerCase(),
  )
  if (known) return known.id
  const id = tx.newId()
  const unknown = {
    position: null,
    kind: 'other',
    area: null,
    joined_on: null,
    left_on: null,
    account_id: null,
  } as const
  await savePerson(tx, { id, name: found.name, email: found.email, ...unknown })
  await tx.append({ type: 'person.joined', about: { kind: 'person', id } })
  return id
}

async function confirm(
  tx: TenantContext,
  { personId, accountId, reason }: { personId: string; accountId: string; reason: string },
): Promise<void> {
  await store.hold(tx)
  const leaving = await store.findLeaving(tx, personId)
  if (!leaving) throw leavingErrors.not_leaving()
  const row = (await store.listLeaverAccounts(tx, personId)).find(({ id }) => id === accountId)
  if (!row) throw leavingErrors.account_not_found()
  const looks = (await store.listRosterLooks(tx)).filter((one) => one.system_id === row.system_id)
  if (row.system_id === null || !isHidden(looks)) throw leavingErrors.can_look()
  await store.saveLeaverAccount(tx, {
    ...row,
    state: 'said',
    seen_at: tx.now,
    ended_at: tx.now,
    unseen: null,
    said_by: tx.caller.accountId,
    said_reason: reason,
  })
  await tx.append({
    type: 'leaving.said',
    about: { kind: 'person', id: personId },
    content: { after: { account: accountId, system: row.system_id }, reason: { reason } },
  })
  await say(tx)
}
