import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies } from '../evidence/index.ts'
import { ledgerProof, paperDownload, paperErrors } from '../paper/index.ts'
import { findDay } from './attend.ts'
import { dutyErrors } from './errors.ts'
import * as lists from './list-store.ts'
import { look } from './look.ts'
import { daysOf, daysPaper, daysTable, dutiesPaper, recordPaper, yearPaper } from './papers.ts'
import * as store from './store.ts'

const Day = z.iso.date()
const Language = z.enum(['en', 'de']).default('en')

/** What is handed out about duties. */
export function exportOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'duty.export',
      summary:
        'Hands out due days, the list of duties with their figures, or the calendar of a year, as table or document',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        what: z.enum(['days', 'duties', 'year']).default('days'),
        /** Of due days; left out: all there are. */
        from: Day.optional(),
        until: Day.optional(),
        /** Of the calendar; left out: this one. */
        year: z.coerce.number().int().min(2000).max(2200).optional(),
        format: z.enum(['pdf', 'docx', 'csv']).default('csv'),
        language: Language,
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ what, from = null, until = null, year, format, language }, tx) {
        if (what === 'days') {
          const { today } = await findDay(tx)
          const rows = await lists.listSpan(tx, { from, until })
          const paper = daysPaper(rows, today, language)
          return await paperDownload({ tx, paper, format, name: 'duties', table: daysTable(rows, today) })
        }
        const looked = await look(tx, null, accountsById)
        if (what === 'duties') {
          const { table, ...paper } = dutiesPaper(looked, language)
          return await paperDownload({ tx, paper, format, name: 'duty-list', table })
        }
        const wanted = year ?? Number(looked.day.today.slice(0, 4))
        const rows = await lists.listSpan(tx, { from: `${wanted}-01-01`, until: `${wanted}-12-31` })
        const { table, ...paper } = yearPaper(looked, rows, wanted, language)
        return await paperDownload({ tx, paper, format, name: `duties-${wanted}`, table })
      },
    }),
    tenantOperation({
      id: 'duty.record',
      summary: 'Hands out the record of one duty over a time: every due day and every sign-off',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        dutyId: z.uuid(),
        from: Day.optional(),
        until: Day.optional(),
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: Language,
      }),
      output: z.unknown(),
      refuses: [dutyErrors.not_found, ...Object.values(paperErrors)],
      async run({ dutyId, from = null, until = null, format, language }, tx) {
        const looked = await look(tx, [dutyId], accountsById)
        const [duty] = looked.duties
        if (!duty) throw dutyErrors.not_found()
        const rows = (await store.listOccurrences(tx, dutyId)).filter(
          ({ due_on: on }) => (from === null || on >= from) && (until === null || on <= until),
        )
        const records = await store.listSignOffs(tx, dutyId)
        const names = await accountsById([...new Set(records.flatMap(({ account_id: id }) => id ?? []))])
        const proof = await ledgerProof(
          tx,
          records.findLast(({ commitment }) => commitment !== null)?.commitment ?? null,
        )
        const paper = recordPaper({ looked, duty, rows, records, names, from, until }, language)
        return await paperDownload({
          tx,
          paper: { ...paper, ...(proof === undefined ? {} : { proof }) },
          format,
          name: 'duty-record',
          table: daysOf({ looked, rows }, language),
        })
      },
    }),
  ]
}
