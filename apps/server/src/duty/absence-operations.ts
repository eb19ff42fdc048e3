import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies } from '../evidence/index.ts'
import { dutyErrors } from './errors.ts'
import { makeLink } from './feed.ts'
import * as store from './store.ts'

const Day = z.iso.date()

/** Who is away, and the secret link for a calendar program. */
export function absenceOperations({ accountsById, baseUrl }: HistoryDependencies & { readonly baseUrl: string }) {
  return [
    tenantOperation({
      id: 'absence.list',
      summary: 'Lists who is absent from when to when: their deputies act meanwhile',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        absences: z.array(
          z.object({ absenceId: z.uuid(), name: z.string(), from: Day, until: Day, isOwn: z.boolean() }),
        ),
        /** Whether the caller has a link for a calendar. */
        hasFeed: z.boolean(),
      }),
      async run(_, tx) {
        const rows = await store.listAbsences(tx)
        const names = await accountsById([...new Set(rows.map(({ account_id: id }) => id))])
        return {
          absences: rows.map((row) => ({
            absenceId: row.id,
            name: names.get(row.account_id)?.name ?? '–',
            from: row.from_on,
            until: row.until_on,
            isOwn: row.account_id === tx.caller.accountId,
          })),
          hasFeed: await store.hasFeed(tx, tx.caller.accountId),
        }
      },
    }),
    tenantOperation({
      id: 'absence.add',
      summary: 'Says that the caller is absent on some days, or, for who may change the register, somebody else',
      needs: 'duty:sign',
      changes: true,
      input: z.object({ accountId: z.uuid().optional(), from: Day, until: Day }),
      output: z.object({ absenceId: z.uuid() }),
      refuses: [dutyErrors.bad_absence, dutyErrors.person_not_found, dutyErrors.not_yours],
      async run({ accountId, from, until }, tx) {
        const who = accountId ?? tx.caller.accountId
        if (who !== tx.caller.accountId && !tx.caller.permissions.includes('register:write'))
          throw dutyErrors.not_yours()
        const isMember = (await store.listMembers(tx)).some((one) => one.account_id === who)
        if (who === null || !isMember) throw dutyErrors.person_not_found()
        if (until < from) throw dutyErrors.bad_absence()
        const id = tx.newId()
        await store.addAbsence(tx, { id, account_id: who, from_on: from, until_on: until })
        // Days of absence are nobody's business for ever: they are not kept beside the ledger.
        await tx.append({ type: 'duty.changed', about: { kind: 'absence', id }, code: 'absence' })
        return { absenceId: id }
      },
    }),
    tenantOperation({
      id: 'absence.remove',
      summary: 'Takes an absence off the list',
      needs: 'duty:sign',
      changes: true,
      input: z.object({ absenceId: z.uuid() }),
      output: z.object({}),
      refuses: [dutyErrors.absence_not_found],
      async run({ absenceId }, tx) {
        const row = (await store.listAbsences(tx)).find(({ id }) => id === absenceId)
        const may = row && (row.account_id === tx.caller.accountId || tx.caller.permissions.includes('register:write'))
        if (!may) throw dutyErrors.absence_not_found()
        await store.removeAbsence(tx, absenceId)
        await tx.append({ type: 'duty.changed', about: { kind: 'absence', id: absenceId }, code: 'absence' })
        return {}
      },
    }),
    tenantOperation({
      id: 'calendar.link',
      summary:
        'Makes a secret link under which a calendar program reads what is due for the caller; an earlier one ends',
      needs: 'duty:sign',
      changes: true,
      input: z.object({}),
      output: z.object({ url: z.string() }),
      refuses: [dutyErrors.no_account],
      async run(_, tx) {
        if (tx.caller.accountId === null) throw dutyErrors.no_account()
        const { token, hash } = makeLink(tx.tenant.publicId)
        await store.saveFeed(tx, tx.caller.accountId, hash)
        await tx.append({ type: 'duty.changed', about: { kind: 'account', id: tx.caller.accountId }, code: 'feed' })
        return { url: `${baseUrl}/calendar/${token}.ics` }
      },
    }),
    tenantOperation({
      id: 'calendar.unlink',
      summary: 'Ends the secret link for a calendar program',
      needs: 'duty:sign',
      changes: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [dutyErrors.no_account],
      async run(_, tx) {
        if (tx.caller.accountId === null) throw dutyErrors.no_account()
        await store.removeFeed(tx, tx.caller.accountId)
        await tx.append({ type: 'duty.changed', about: { kind: 'account', id: tx.caller.accountId }, code: 'feed' })
        return {}
      },
    }),
  ]
}
